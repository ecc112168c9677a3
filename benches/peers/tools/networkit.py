"""networkit: percolation. Each tie is kept with chance p; who hangs together with a first one is reached."""

from time import perf_counter

import networkit
import numpy

from tools import NEWCOMER_TIES, REWIRING, RING_NEIGHBOURS

PACKAGE = "networkit"
WAY = "by percolation: `GlobalThresholdFilter` of random scores, then `ConnectedComponents`"

# What it uses more of is measured by processes side by side, as with every tool.
networkit.setNumberOfThreads(1)


def load(edges, people):
    sides = edges.astype(numpy.uint64)
    graph = networkit.GraphFromCoo((sides[:, 0].copy(), sides[:, 1].copy()), people, directed=False)
    graph.indexEdges()
    return graph


def play(loaded, seeds, p, replicates, rng_seed):
    rng = numpy.random.default_rng(rng_seed)
    ties = loaded.numberOfEdges()
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        kept = networkit.sparsification.GlobalThresholdFilter(loaded, rng.random(ties), 1 - p, True).calculate()
        parts = networkit.components.ConnectedComponents(kept)
        parts.run()
        part = numpy.array(parts.getPartition().getVector())
        sizes = numpy.bincount(part)
        reaches.append(int(sizes[numpy.unique(part[seeds])].sum()))
    return reaches, perf_counter() - start


def grow(model, people):
    networkit.setSeed(1, False)
    if model == "ba":
        return networkit.generators.BarabasiAlbertGenerator(NEWCOMER_TIES, people).generate().numberOfEdges()
    half = RING_NEIGHBOURS // 2
    return networkit.generators.WattsStrogatzGenerator(people, half, REWIRING).generate().numberOfEdges()


def read(file):
    graph = networkit.readGraph(file, networkit.Format.EdgeListSpaceZero)
    return graph.numberOfNodes(), graph.numberOfEdges()
