"""NDlib: its IndependentCascadesModel, asked for counts only."""

from __future__ import annotations

import time

import ndlib.models.ModelConfig as config
import networkx
import numpy as np
from ndlib.models.epidemics import IndependentCascadesModel

from cascades.networkx import as_networkx
from graph import Graph

SUSCEPTIBLE, INFECTED, REMOVED = 0, 1, 2


class Model:
    """A model whose chances are set once: making it takes longer than many replicates."""

    def __init__(self, graph: networkx.Graph) -> None:
        self.graph = graph
        self.chance: float | None = None
        self.model: IndependentCascadesModel | None = None

    def at(self, chance: float, seeds: list[int]) -> IndependentCascadesModel:
        """The model in which every tie has this chance."""
        if self.model is None or self.chance != chance:
            settings = config.Configuration()
            settings.add_model_initial_configuration("Infected", seeds)
            for tie in self.graph.edges():
                settings.add_edge_configuration("threshold", tie, chance)
            self.model = IndependentCascadesModel(self.graph)
            self.model.set_initial_status(settings)
            self.chance = chance
        return self.model


def build(graph: Graph) -> Model:
    """NDlib works on networkx."""
    return Model(as_networkx(graph))


def play(
    built: Model, seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """Iterations until nobody is infected any more."""
    model = built.at(chance, seeds)
    np.random.seed(rng_seed)
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        model.reset(infected_nodes=seeds)
        counts = model.iteration(node_status=False)["node_count"]
        while counts[INFECTED]:
            counts = model.iteration(node_status=False)["node_count"]
        reaches.append(counts[REMOVED])
    return reaches, time.perf_counter() - began
