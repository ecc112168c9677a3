"""CyNetDiff: a model that is made once and reset for every replicate."""

from __future__ import annotations

import array
import time

import numpy as np
from cynetdiff.models import IndependentCascadeModel

from graph import Graph


def build(graph: Graph) -> tuple[array.array, array.array]:
    """Its arrays: starts without the last, and arcs."""
    return (
        array.array("I", graph.starts[:-1].astype(np.uint32).tobytes()),
        array.array("I", graph.column.astype(np.uint32).tobytes()),
    )


def play(
    built: tuple[array.array, array.array],
    seeds: list[int],
    chance: float,
    replicates: int,
    rng_seed: int,
    threads: int,
) -> tuple[list[int], float]:
    """Cascades of its compiled loop."""
    starts, arcs = built
    model = IndependentCascadeModel(starts, arcs, activation_prob=chance, rng=rng_seed)
    model.set_seeds(seeds)
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        model.reset_model()
        model.advance_until_completion()
        reaches.append(model.get_num_activated_nodes())
    return reaches, time.perf_counter() - began
