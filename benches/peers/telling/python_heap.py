"""Plain Python: a heap of words by the time at which they are heard."""

from __future__ import annotations

import heapq
import time
from random import Random

from graph import Graph
from telling.story import Story, audience, tell_counts


def build(graph: Graph) -> list[list[int]]:
    """Friends by person."""
    return graph.friends()


def play(built: list[list[int]], story: Story, replicates: int, rng_seed: int) -> tuple[list[int], float]:
    """Word by word, in the order of time."""
    customers = []
    began = time.perf_counter()
    for replicate in range(replicates):
        random = Random(f"{rng_seed} {replicate}")
        counts = tell_counts(len(built), story.told, random.getrandbits(64))
        customers.append(one(built, story, counts, random))
    return customers, time.perf_counter() - began


def one(built: list[list[int]], story: Story, counts: list[int], random: Random) -> int:
    """One replicate: how many customers there are at its end."""
    coin, delay, rate, chance = random.random, random.expovariate, 1 / story.days, story.chance
    bought = bytearray(len(built))
    words: list[tuple[float, int]] = []

    def buy(person: int, now: float) -> None:
        bought[person] = 1
        for friend in audience(built[person], counts[person], random):
            heapq.heappush(words, (now + delay(rate), friend))

    for seed in story.seeds:
        buy(seed, 0.0)
    while words:
        now, hearer = heapq.heappop(words)
        if not bought[hearer] and coin() < chance:
            buy(hearer, now)
    return sum(bought)
