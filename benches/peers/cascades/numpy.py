"""numpy, no library of cascades: the arcs of the whole frontier at once."""

from __future__ import annotations

import time

import numpy as np

from graph import Graph


def build(graph: Graph) -> Graph:
    """Rows with wide indices."""
    return Graph(graph.people, graph.starts.astype(np.int64), graph.column.astype(np.int64))


def play(
    built: Graph, seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """Step by step: all arcs out of those reached last, a coin for each."""
    rng = np.random.default_rng(rng_seed)
    starts, column = built.starts, built.column
    lengths = np.diff(starts)
    reached = np.zeros(built.people, dtype=bool)
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        frontier = np.array(seeds)
        reached[frontier] = True
        waves = [frontier]
        while len(frontier):
            rows = lengths[frontier]
            ends = np.cumsum(rows)
            # The coins that fall well, and whose they are.
            heads = np.flatnonzero(rng.random(ends[-1], dtype=np.float32) < chance)
            owner = np.searchsorted(ends, heads, side="right")
            heard = column[starts[frontier[owner]] + heads - (ends[owner] - rows[owner])]
            frontier = np.unique(heard[~reached[heard]])
            reached[frontier] = True
            waves.append(frontier)
        everybody = np.concatenate(waves)
        reached[everybody] = False
        reaches.append(len(everybody))
    return reaches, time.perf_counter() - began
