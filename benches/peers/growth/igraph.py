"""igraph's generators."""

from __future__ import annotations

import random
import time

import igraph

from cases import REWIRING, TIES_PER_NEWCOMER


def grow(model: str, people: int, seed: int, threads: int) -> tuple[int, float]:
    """igraph draws from Python's generator unless told otherwise."""
    random.seed(seed)
    began = time.perf_counter()
    if model == "barabasi_albert":
        grown = igraph.Graph.Barabasi(people, TIES_PER_NEWCOMER, directed=False)
    else:
        grown = igraph.Graph.Watts_Strogatz(1, people, TIES_PER_NEWCOMER, REWIRING)
    return grown.ecount(), time.perf_counter() - began
