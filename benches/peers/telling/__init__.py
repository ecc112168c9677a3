"""Event-driven telling, one file a form: `build(graph)` and `play(built, model, replicates, rng_seed)`.

Each customer tells Poisson(told) of her friends, none of them twice; each word is heard after an exponential delay
and persuades with one chance; who is persuaded buys at once. `play` returns the customers of each replicate, the
first ones included, and the seconds of all of them.
"""
