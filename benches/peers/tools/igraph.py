"""igraph: percolation. Each tie is kept with chance p; who hangs together with a first one is reached."""

from random import Random
from time import perf_counter

import igraph
import numpy

from tools import NEWCOMER_TIES, REWIRING, RING_NEIGHBOURS

PACKAGE = "igraph"
WAY = "by percolation: `connected_components` of the ties that are kept"


def load(edges, people):
    return edges.astype(numpy.int64), people


def play(loaded, seeds, p, replicates, rng_seed):
    edges, people = loaded
    rng = numpy.random.default_rng(rng_seed)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        kept = igraph.Graph(people, edges[rng.random(len(edges)) < p])
        parts = kept.connected_components()
        part, sizes = parts.membership, parts.sizes()
        reaches.append(sum(sizes[touched] for touched in {part[seed] for seed in seeds}))
    return reaches, perf_counter() - start


def grow(model, people):
    igraph.set_random_number_generator(Random(1))
    if model == "ba":
        return igraph.Graph.Barabasi(people, NEWCOMER_TIES).ecount()
    return igraph.Graph.Watts_Strogatz(1, people, RING_NEIGHBOURS // 2, REWIRING).ecount()


def read(file):
    graph = igraph.Graph.Read_Edgelist(file, directed=False)
    return graph.vcount(), graph.ecount()
