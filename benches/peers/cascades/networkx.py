"""networkx: a plain loop over its adjacency."""

from __future__ import annotations

import random
import time

import networkx

from graph import Graph


def as_networkx(graph: Graph) -> networkx.Graph:
    """The graph in networkx, which EoN and NDlib work on too."""
    built = networkx.Graph()
    built.add_nodes_from(range(graph.people))
    built.add_edges_from(graph.ties().tolist())
    return built


def build(graph: Graph) -> dict[int, list[int]]:
    """Friends by person, taken out of networkx once."""
    return {person: list(friends) for person, friends in as_networkx(graph).adjacency()}


def play(
    built: dict[int, list[int]], seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """The loop that everybody writes."""
    coin = random.Random(rng_seed).random
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        reached = set(seeds)
        waiting = list(seeds)
        while waiting:
            for friend in built[waiting.pop()]:
                if coin() < chance and friend not in reached:
                    reached.add(friend)
                    waiting.append(friend)
        reaches.append(len(reached))
    return reaches, time.perf_counter() - began
