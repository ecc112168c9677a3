"""networkit: bond percolation, as in `igraph.py` beside this file."""

from __future__ import annotations

import time

import networkit
import numpy as np

from graph import Graph, kept

Built = tuple[int, np.ndarray, np.ndarray]


def build(graph: Graph) -> Built:
    """The ties by column; networkit gets those of each replicate."""
    ties = graph.ties().astype(np.uint64)
    return graph.people, np.ascontiguousarray(ties[:, 0]), np.ascontiguousarray(ties[:, 1])


def play(
    built: Built, seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """A search from a person who is tied to every seed."""
    networkit.setNumberOfThreads(threads)
    rng = np.random.default_rng(rng_seed)
    people, one, other = built
    hub, spokes = np.full(len(seeds), people, dtype=np.uint64), np.array(seeds, dtype=np.uint64)
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        sample = kept(rng, len(one), chance)
        ends = np.concatenate([one[sample], hub]), np.concatenate([other[sample], spokes])
        search = networkit.distance.BFS(networkit.GraphFromCoo(ends, people + 1), people, storePaths=False)
        search.run()
        # The distance of whom it does not find is beyond all others.
        found = np.asarray(search.getDistances(asarray=True)) <= people
        reaches.append(int(found.sum()) - 1)
    return reaches, time.perf_counter() - began
