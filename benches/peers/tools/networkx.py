"""networkx: the loop in plain Python that one writes over its adjacency."""

from random import Random
from time import perf_counter

import networkx

from tools import NEWCOMER_TIES, REWIRING, RING_NEIGHBOURS

PACKAGE = "networkx"
WAY = "a loop in plain Python over its adjacency"


def load(edges, people):
    graph = networkx.Graph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from(edges.tolist())
    return graph


def play(loaded, seeds, p, replicates, rng_seed):
    draw = Random(rng_seed).random
    # The dictionaries themselves: the views around them cost as much again.
    friends = loaded._adj
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        reached = set(seeds)
        talkers = list(seeds)
        while talkers:
            talker = talkers.pop()
            for friend in friends[talker]:
                if friend not in reached and draw() < p:
                    reached.add(friend)
                    talkers.append(friend)
        reaches.append(len(reached))
    return reaches, perf_counter() - start


def grow(model, people):
    if model == "ba":
        return networkx.barabasi_albert_graph(people, NEWCOMER_TIES, seed=1).number_of_edges()
    return networkx.watts_strogatz_graph(people, RING_NEIGHBOURS, REWIRING, seed=1).number_of_edges()


def read(file):
    graph = networkx.read_edgelist(file, nodetype=int)
    return graph.number_of_nodes(), graph.number_of_edges()
