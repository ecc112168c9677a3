"""networkit's reader of edge lists."""

from __future__ import annotations

import time

import networkit


def read(path: str, threads: int) -> tuple[int, float]:
    """Ids are whole numbers from 0 without gaps, which is its fast way."""
    networkit.setNumberOfThreads(threads)
    began = time.perf_counter()
    graph = networkit.graphio.EdgeListReader(" ", 0, "#", True).read(path)
    return graph.numberOfEdges(), time.perf_counter() - began
