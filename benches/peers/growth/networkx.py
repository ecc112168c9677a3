"""networkx's generators."""

from __future__ import annotations

import time

import networkx

from cases import REWIRING, TIES_PER_NEWCOMER


def grow(model: str, people: int, seed: int, threads: int) -> tuple[int, float]:
    """Python dictionaries throughout."""
    began = time.perf_counter()
    if model == "barabasi_albert":
        grown = networkx.barabasi_albert_graph(people, TIES_PER_NEWCOMER, seed=seed)
    else:
        grown = networkx.watts_strogatz_graph(people, 2 * TIES_PER_NEWCOMER, REWIRING, seed=seed)
    return grown.number_of_edges(), time.perf_counter() - began
