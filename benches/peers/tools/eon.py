"""EoN: a discrete SIR epidemic in which each is infectious for one step, which is the independent cascade."""

from time import perf_counter

import EoN
import networkx
import numpy

PACKAGE = "EoN"
WAY = "`basic_discrete_SIR`"


def load(edges, people):
    graph = networkx.Graph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from(edges.tolist())
    return graph


def play(loaded, seeds, p, replicates, rng_seed):
    rng = numpy.random.default_rng(rng_seed)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        _, _, _, recovered = EoN.basic_discrete_SIR(loaded, p, initial_infecteds=seeds, rng=rng)
        reaches.append(int(recovered[-1]))
    return reaches, perf_counter() - start
