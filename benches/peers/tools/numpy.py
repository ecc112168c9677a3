"""numpy: the whole frontier at once, which is what one writes in Python for speed."""

from time import perf_counter

import numpy

from tools import rows

PACKAGE = "numpy"
WAY = "the whole frontier at once"


def load(edges, people):
    return rows(edges, people)


def play(loaded, seeds, p, replicates, rng_seed):
    starts, friends = loaded
    rng = numpy.random.default_rng(rng_seed)
    reached = numpy.zeros(len(starts) - 1, dtype=bool)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        talkers = numpy.array(seeds)
        reached[talkers] = True
        everybody = [talkers]
        while len(talkers):
            first, degrees = starts[talkers], starts[talkers + 1] - starts[talkers]
            # The place of the word within its talker's row, for all words of the frontier.
            within = numpy.arange(degrees.sum()) - numpy.repeat(degrees.cumsum() - degrees, degrees)
            words = (numpy.repeat(first, degrees) + within)[rng.random(len(within)) < p]
            hearers = friends[words]
            talkers = numpy.unique(hearers[~reached[hearers]])
            reached[talkers] = True
            everybody.append(talkers)
        everybody = numpy.concatenate(everybody)
        reached[everybody] = False
        reaches.append(len(everybody))
    return reaches, perf_counter() - start
