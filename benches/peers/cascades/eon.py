"""EoN: its discrete-time SIR, in which an infected person is so for one step, is the independent cascade.

It asks its generator for one number at a time, which Python's own gives sooner than numpy's. Its other way, by percolation,
fails in EoN 2.0 for want of an argument.
"""

from __future__ import annotations

import random
import time

import EoN
import networkx

from cascades.networkx import as_networkx
from graph import Graph


def build(graph: Graph) -> networkx.Graph:
    """EoN works on networkx."""
    return as_networkx(graph)


def play(
    built: networkx.Graph, seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """Those who have recovered at the end are those who were reached."""
    rng = random.Random(rng_seed)
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        _, _, _, recovered = EoN.basic_discrete_SIR(built, chance, initial_infecteds=seeds, rng=rng)
        reaches.append(int(recovered[-1]))
    return reaches, time.perf_counter() - began
