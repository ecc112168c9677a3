"""Mesa, one step a day over those who still have something to tell."""

from __future__ import annotations

from mesa.agent import AgentSet

from graph import Graph
from telling import mesa_days
from telling.mesa_days import Person, play

__all__ = ["build", "play"]


class Market(mesa_days.Market):
    """Keeps a list of the active."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self.active: list[Person] = []

    def bought(self, person: Person) -> None:
        """A new customer is active until she has told everything."""
        self.active.append(person)

    def one_day(self) -> None:
        """Steps of the active."""
        AgentSet(self.active, random=self.random).do("step")
        self.active = [person for person in self.active if person.words]


def build(graph: Graph) -> Market:
    """The agents."""
    return Market(graph)
