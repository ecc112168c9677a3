"""rustworkx's generator; it has none of Watts and Strogatz."""

from __future__ import annotations

import time

import rustworkx

from cases import TIES_PER_NEWCOMER


def grow(model: str, people: int, seed: int, threads: int) -> tuple[int, float]:
    """Preferential attachment."""
    if model != "barabasi_albert":
        raise ValueError(f"rustworkx cannot grow {model}: leave it out of the tools of this case")
    began = time.perf_counter()
    grown = rustworkx.barabasi_albert_graph(people, TIES_PER_NEWCOMER, seed=seed)
    return grown.num_edges(), time.perf_counter() - began
