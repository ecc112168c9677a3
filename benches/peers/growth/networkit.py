"""networkit's generators."""

from __future__ import annotations

import time

import networkit

from cases import REWIRING, TIES_PER_NEWCOMER


def grow(model: str, people: int, seed: int, threads: int) -> tuple[int, float]:
    """Batagelj and Brandes' method on one thread; that of Sanders and Schulz on several."""
    networkit.setNumberOfThreads(threads)
    networkit.setSeed(seed, useThreadId=True)
    if model == "barabasi_albert":
        generator = networkit.generators.BarabasiAlbertGenerator(TIES_PER_NEWCOMER, people, sequential=threads == 1)
    else:
        generator = networkit.generators.WattsStrogatzGenerator(people, TIES_PER_NEWCOMER, REWIRING)
    began = time.perf_counter()
    grown = generator.generate()
    return grown.numberOfEdges(), time.perf_counter() - began
