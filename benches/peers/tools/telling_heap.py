"""The telling model in plain Python: a heap of words by time."""

from heapq import heappop, heappush
from random import Random
from time import perf_counter

from tools import MEAN_DELAY_DAYS, TELLS, lists

WAY = "plain Python with `heapq`"


def load(edges, people):
    return lists(edges, people)


def play(loaded, seeds, p, replicates, rng_seed):
    rng = Random(rng_seed)
    draw, delay, sample, rate = rng.random, rng.expovariate, rng.sample, 1 / MEAN_DELAY_DAYS
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        customers, words = set(), []

        def buys(person, now):
            customers.add(person)
            friends = loaded[person]
            for friend in sample(friends, min(TELLS, len(friends))):
                heappush(words, (now + delay(rate), friend))

        for seed in seeds:
            buys(seed, 0.0)
        while words:
            now, hearer = heappop(words)
            if hearer not in customers and draw() < p:
                buys(hearer, now)
        reaches.append(len(customers))
    return reaches, perf_counter() - start
