"""igraph: each tie is kept with the chance, and whoever hangs together with a seed is reached (bond percolation)."""

from __future__ import annotations

import time

import igraph
import numpy as np

from graph import Graph, kept


def build(graph: Graph) -> tuple[int, np.ndarray]:
    """The ties; igraph gets those of each replicate."""
    return graph.people, graph.ties()


def play(
    built: tuple[int, np.ndarray], seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """Of two arcs between two people only the first that is tried matters, so one coin a tie is the same law.

    A person more, tied to every seed, makes one component of all that is reached.
    """
    rng = np.random.default_rng(rng_seed)
    people, ties = built
    spokes = np.stack([np.full(len(seeds), people), np.array(seeds)], axis=1)
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        sample = np.concatenate([ties[kept(rng, len(ties), chance)], spokes])
        reaches.append(len(igraph.Graph(people + 1, sample).subcomponent(people)) - 1)
    return reaches, time.perf_counter() - began
