"""The tools, one module each: how each is usually asked to play a cascade, to grow a graph, or to read one.

What a module may have:

    PACKAGE                         the package whose version stands in the table; none for plain Python
    WAY                             in a few words, how it is asked
    load(edges, people) -> loaded   ties as an array of pairs, each tie once
    play(loaded, seeds, p, replicates, rng_seed) -> (reaches, seconds)
                                    how many are reached in each replicate, first ones included; the seconds of playing alone
    grow(model, people) -> ties     grows a graph of model "ba" or "ws"; how many ties it has
    read(file) -> (people, ties)    reads a text of lines "a b"

Ties are undirected, and one chance holds for all. A module imports its package at the top, under its own name: this folder is not
on the path, so `import networkx` in networkx.py finds the package.
"""

NEWCOMER_TIES = 6
"""Ties that each newcomer brings (Barabási-Albert)."""
RING_NEIGHBOURS = 12
"""Neighbours on the ring, both sides together (Watts-Strogatz)."""
REWIRING = 0.1
"""Chance that a tie of the ring goes elsewhere (Watts-Strogatz)."""
TELLS = 12
"""How many friends a customer tells, if she has so many (the telling model)."""
MEAN_DELAY_DAYS = 5.0
"""Mean of the exponential delay of each word (the telling model)."""


def rows(edges, people):
    """The ties as rows of an adjacency: where each person's friends start, and the friends, each tie both ways."""
    import numpy

    sources = numpy.concatenate([edges[:, 0], edges[:, 1]])
    order = numpy.argsort(sources, kind="stable")
    friends = numpy.concatenate([edges[:, 1], edges[:, 0]])[order]
    starts = numpy.zeros(people + 1, dtype=numpy.int64)
    numpy.cumsum(numpy.bincount(sources, minlength=people), out=starts[1:])
    return starts, friends


def lists(edges, people):
    """The ties as a list of friends for each person."""
    starts, friends = rows(edges, people)
    friends, starts = friends.tolist(), starts.tolist()
    return [friends[starts[person] : starts[person + 1]] for person in range(people)]
