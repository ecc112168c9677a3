"""Independent cascades, one file a tool.

`build(graph)` is what the tool makes of the graph, and not timed; `play(built, seeds, chance, replicates, rng_seed,
threads)` returns the reach of each replicate, seeds included, and the seconds of all of them.
"""
