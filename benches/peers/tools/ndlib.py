"""NDlib: its independent cascades over a networkx graph, one iteration after another until nobody is left to tell."""

from time import perf_counter

import networkx
import numpy
from ndlib.models import ModelConfig
from ndlib.models.epidemics import IndependentCascadesModel

PACKAGE = "ndlib"
WAY = "IndependentCascadesModel, `iteration(node_status=False)`"


def load(edges, people):
    graph = networkx.Graph()
    graph.add_nodes_from(range(people))
    graph.add_edges_from(edges.tolist())
    return {"graph": graph, "p": None, "model": None}


def configured(loaded, p, seeds):
    """The model, made once for a chance: an entry for each tie is how NDlib takes it."""
    if loaded["p"] != p:
        config = ModelConfig.Configuration()
        config.add_model_initial_configuration("Infected", seeds)
        for tie in loaded["graph"].edges():
            config.add_edge_configuration("threshold", tie, p)
        model = IndependentCascadesModel(loaded["graph"])
        model.set_initial_status(config)
        loaded.update(p=p, model=model)
    return loaded["model"]


def play(loaded, seeds, p, replicates, rng_seed):
    model = configured(loaded, p, seeds)
    told, removed = model.available_statuses["Infected"], model.available_statuses["Removed"]
    numpy.random.seed(rng_seed)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        model.reset(infected_nodes=seeds)
        counts = model.iteration(node_status=False)["node_count"]
        while counts[told]:
            counts = model.iteration(node_status=False)["node_count"]
        reaches.append(counts[removed])
    return reaches, perf_counter() - start
