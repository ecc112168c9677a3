"""One tool in a process of its own: reads requests as lines of JSON, answers each with a line of JSON.

It is run by the Python of the virtual environment, and knows nothing of Tellwave or of the other tools. How it is measured is in
race.py; the requests are the functions below.
"""

import importlib
import json
import os
import resource
import sys
from importlib.metadata import version
from time import perf_counter


class Worker:
    def __init__(self, tool):
        self.tool = importlib.import_module(f"tools.{tool}")
        self.loaded = None

    def about(self):
        package = getattr(self.tool, "PACKAGE", None)
        return {"version": f"{package} {version(package)}" if package else "", "way": self.tool.WAY}

    def load(self, edges, people):
        import numpy

        edges = numpy.load(edges)
        start = perf_counter()
        self.loaded = self.tool.load(edges, people)
        seconds = perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        # macOS says bytes, others kibibytes.
        peak = peak if sys.platform == "darwin" else peak * 1024
        return {"seconds": seconds, "memory": peak}

    def play(self, seeds, p, replicates, rng_seed):
        reaches, seconds = self.tool.play(self.loaded, seeds, p, replicates, rng_seed)
        mean = sum(reaches) / len(reaches)
        squares = sum((reach - mean) ** 2 for reach in reaches)
        return {"seconds": seconds, "runs": len(reaches), "mean": float(mean), "squares": float(squares)}

    def grow(self, model, people):
        start = perf_counter()
        ties = self.tool.grow(model, people)
        return {"seconds": perf_counter() - start, "ties": int(ties)}

    def read(self, file):
        start = perf_counter()
        people, ties = self.tool.read(file)
        return {"seconds": perf_counter() - start, "people": int(people), "ties": int(ties)}


def pairs(text, array):
    """Turns a text of lines "a b" into the array that `load` is given."""
    import numpy

    numpy.save(array, numpy.loadtxt(text, dtype=numpy.uint32, ndmin=2))


def main():
    if sys.argv[1] == "--pairs":
        return pairs(sys.argv[2], sys.argv[3])
    # What a tool prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    worker = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            worker = worker or Worker(sys.argv[1])
            answer = getattr(worker, request.pop("do"))(**request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
