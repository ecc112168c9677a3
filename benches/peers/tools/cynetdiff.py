"""CyNetDiff: its independent cascade, compiled C++ under Cython.

`cynetdiff.utils.networkx_to_ic_model` makes two arrays of a networkx graph; they are made here directly, which spares the graph
and changes nothing in playing.
"""

from array import array
from time import perf_counter

import numpy
from cynetdiff.models import IndependentCascadeModel

from tools import rows

PACKAGE = "cynetdiff"
WAY = "IndependentCascadeModel"


def load(edges, people):
    starts, friends = rows(edges, people)
    return array("I", starts[:-1].astype(numpy.uint32).tobytes()), array("I", friends.astype(numpy.uint32).tobytes())


def play(loaded, seeds, p, replicates, rng_seed):
    model = IndependentCascadeModel(*loaded, activation_prob=p, rng=numpy.random.default_rng(rng_seed))
    model.set_seeds(seeds)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        model.reset_model()
        model.advance_until_completion()
        reaches.append(model.get_num_activated_nodes())
    return reaches, perf_counter() - start
