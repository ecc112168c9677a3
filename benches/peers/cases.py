"""What is compared: markets, cascades on them, and who takes part."""

from __future__ import annotations

import random
from dataclasses import dataclass

TIES_PER_NEWCOMER = 6
REWIRING = 0.1

TOOLS = ("cynetdiff", "numpy", "networkit", "igraph", "networkx", "eon", "mesa", "ndlib")
"""All that play cascades; the fast ones first."""
TELLING_FORMS = ("python-heap", "mesa-active", "mesa-events", "mesa-every-day")
"""Event-driven telling: modules of `telling`, of which those of Mesa are its three forms."""


@dataclass(frozen=True)
class Market:
    """A graph of twelve ties a person on average."""

    model: str
    people: int

    @property
    def toml(self) -> str:
        """The scenario that has Tellwave grow it."""
        if self.model == "barabasi_albert":
            keys = f"ties_per_newcomer = {TIES_PER_NEWCOMER}"
        else:
            keys = f"ties_per_person = {2 * TIES_PER_NEWCOMER}\nrewiring = {REWIRING}"
        return f"[graph.{self.model}]\npeople = {self.people}\n{keys}\n"


@dataclass(frozen=True)
class Cascade:
    """An independent cascade: every arc of a reached person has one chance."""

    name: str
    market: Market
    chance: float
    tools: tuple[str, ...]
    seeds: int = 100

    @property
    def ids(self) -> list[int]:
        """The first customers, the same for every tool."""
        return fixed_ids(self.market.people, self.seeds)


@dataclass(frozen=True)
class Growth:
    """A graph is grown in memory."""

    name: str
    market: Market
    tools: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A text edge list is read: one line a tie."""

    name: str
    market: Market
    tools: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """Each customer tells Poisson(12) of her friends, none twice, after exponential delays of 3 days on average."""

    name: str
    market: Market
    tools: tuple[str, ...]
    chance: float = 0.25
    told: int = 12
    days: float = 3.0
    seeds: int = 100

    @property
    def ids(self) -> list[int]:
        """The first customers, the same for every tool."""
        return fixed_ids(self.market.people, self.seeds)


Case = Cascade | Growth | Reading | Telling


def fixed_ids(people: int, count: int) -> list[int]:
    """Some people drawn once and for all."""
    return sorted(random.Random(f"{count} of {people}").sample(range(people), count))


def ba(people: int) -> Market:
    """Barabási and Albert's graph."""
    return Market("barabasi_albert", people)


def ws(people: int) -> Market:
    """Watts and Strogatz's graph."""
    return Market("watts_strogatz", people)


def full() -> list[Case]:
    """What docs/performance.md shows."""
    return [
        Cascade("ic-ba-10k", ba(10_000), 0.10, TOOLS),
        Cascade("ic-ba-100k", ba(100_000), 0.05, TOOLS),
        Cascade("ic-ba-1m", ba(1_000_000), 0.05, TOOLS),
        Cascade("ic-ws-1m", ws(1_000_000), 0.14, TOOLS),
        Cascade("small-ba-10k", ba(10_000), 0.01, ()),
        Cascade("small-ba-100k", ba(100_000), 0.01, ()),
        Cascade("small-ba-1m", ba(1_000_000), 0.01, ("cynetdiff",)),
        Growth("grow-ba-100k", ba(100_000), ("networkx",)),
        Growth("grow-ba-1m", ba(1_000_000), ("networkit", "igraph", "rustworkx")),
        Growth("grow-ba-10m", ba(10_000_000), ("networkit", "rustworkx")),
        Growth("grow-ws-100k", ws(100_000), ("networkx",)),
        Growth("grow-ws-1m", ws(1_000_000), ("networkit", "igraph")),
        Growth("grow-ws-10m", ws(10_000_000), ("networkit",)),
        Reading("edge-list-6m", ba(1_000_000), ("networkit", "igraph")),
        Telling("telling-ba-10k", ba(10_000), TELLING_FORMS),
    ]


def tiny() -> list[Case]:
    """Every tool on small graphs: shows that all works, and not how fast."""
    return [
        Cascade("ic-ba-tiny", ba(1_000), 0.10, TOOLS),
        Cascade("ic-ws-tiny", ws(1_000), 0.14, ("cynetdiff", "networkit", "igraph")),
        Cascade("small-ba-tiny", ba(1_000), 0.01, ("cynetdiff",)),
        Growth("grow-ba-tiny", ba(5_000), ("networkit", "igraph", "rustworkx", "networkx")),
        Growth("grow-ws-tiny", ws(5_000), ("networkit", "igraph", "networkx")),
        Reading("edge-list-tiny", ba(5_000), ("networkit", "igraph")),
        Telling("telling-ba-tiny", ba(1_000), TELLING_FORMS),
    ]
