"""Mesa, one step a day over all agents: what is usually written."""

from __future__ import annotations

from graph import Graph
from telling import mesa_days
from telling.mesa_days import play

__all__ = ["build", "play"]


class Market(mesa_days.Market):
    """Everybody is asked every day."""

    def one_day(self) -> None:
        """Steps in random order, as Mesa's own examples have it."""
        self.agents.shuffle_do("step")


def build(graph: Graph) -> Market:
    """The agents."""
    return Market(graph)
