"""What is compared: the graphs, the chances, the first customers; who takes part in what."""

import random
from dataclasses import dataclass

CASCADE_TOOLS = ["ndlib", "mesa", "eon", "networkx", "igraph", "networkit", "numpy", "cynetdiff"]
TELLING_TOOLS = ["telling_mesa_everybody", "telling_mesa_active", "telling_mesa_events", "telling_heap"]
GRAPH_TOOLS = ["networkx", "igraph", "networkit"]


@dataclass(frozen=True)
class Case:
    """A cascade or the telling model on one graph, or growing it ("grow"), or reading it from a text ("read")."""

    name: str
    kind: str
    model: str
    people: int
    first: int = 0
    p: float = 0.0

    @property
    def graph(self):
        """What the file of its graph is called."""
        return f"{self.model}-{self.people}"

    @property
    def tools(self):
        return {"cascade": CASCADE_TOOLS, "telling": TELLING_TOOLS}.get(self.kind, GRAPH_TOOLS)

    @property
    def seeds(self):
        """The first customers: drawn once, the same for everybody."""
        return random.Random(7).sample(range(self.people), self.first)

    @property
    def title(self):
        graph = {"ba": "Barabási-Albert, m 6", "ws": "Watts-Strogatz, k 12, 10 % rewired"}.get(self.model, self.model)
        what = {"cascade": "cascade", "telling": "telling model", "grow": "growing", "read": "reading a text"}[self.kind]
        head = f"{what} · {graph} · {self.people:,} people"
        return f"{head} · {self.first} first ones · p {self.p:g}" if self.first else head


CASES = [
    Case("ba-10k", "cascade", "ba", 10_000, 10, 0.10),
    Case("ba-100k", "cascade", "ba", 100_000, 100, 0.05),
    Case("ba-1m", "cascade", "ba", 1_000_000, 100, 0.05),
    Case("ws-1m", "cascade", "ws", 1_000_000, 100, 0.14),
    Case("small", "cascade", "ba", 1_000_000, 100, 0.01),
    Case("telling", "telling", "ba", 10_000, 10, 0.25),
    Case("grow-ba-1m", "grow", "ba", 1_000_000),
    Case("grow-ws-1m", "grow", "ws", 1_000_000),
    Case("grow-ba-10m", "grow", "ba", 10_000_000),
    Case("grow-ws-10m", "grow", "ws", 10_000_000),
    Case("read-1m", "read", "ba", 1_000_000),
]

USUAL = [case.name for case in CASES if case.people < 10_000_000]
"""The cases of a full comparison; 10 million people only by name, since they take minutes and ten gibibytes."""
QUICK = ["ba-10k", "ba-100k", "telling"]

TINY = [
    Case("tiny", "cascade", "chords", 400, 5, 0.09),
    Case("tiny-telling", "telling", "chords", 400, 5, 0.15),
]
"""The cases of --selfcheck, on a graph that needs nobody to grow it."""


def chords(people):
    """A ring with chords, sixteen friends each on average, so that some have more friends than they tell: ties as pairs."""
    rng = random.Random(1)
    ties = {(person, (person + 1) % people) for person in range(people)}
    while len(ties) < 8 * people:
        a, b = rng.sample(range(people), 2)
        if (a, b) not in ties and (b, a) not in ties:
            ties.add((a, b))
    return sorted(ties)
