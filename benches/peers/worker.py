"""One tool on one case, in a process of its own: `worker.py JOB.json` writes what it measured to the job's `result`.

Runs in the peers' environment. The tool's module is imported here and nowhere else.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from batches import Batch, Measured, measure
from graph import Graph
from telling.story import Story

Job = dict[str, Any]


def main(path: str) -> None:
    """Does the job of a file."""
    job: Job = json.loads(Path(path).read_text())
    measured = {"cascade": cascade, "growth": growth, "reading": reading, "telling": telling}[job["kind"]](job)
    Path(job["result"]).write_text(json.dumps(dataclasses.asdict(measured)))


def module(folder: str, tool: str) -> Any:
    """The file of a tool."""
    return importlib.import_module(f"{folder}.{tool.replace('-', '_')}")


def cascade(job: Job) -> Measured:
    """Independent cascades on a graph of Tellwave's."""
    tool = module("cascades", job["tool"])
    built = tool.build(Graph.read(job["graph"]))

    def play(replicates: int, rng_seed: int) -> Batch:
        return Batch.of(*tool.play(built, job["ids"], job["chance"], replicates, rng_seed, job["threads"]))

    return measure(play, job["seconds"], job["most"], job["seed"])


def telling(job: Job) -> Measured:
    """Event-driven telling on a graph of Tellwave's."""
    tool = module("telling", job["tool"])
    built = tool.build(Graph.read(job["graph"]))
    story = Story(job["ids"], job["chance"], job["told"], job["days"])

    def play(replicates: int, rng_seed: int) -> Batch:
        return Batch.of(*tool.play(built, story, replicates, rng_seed))

    return measure(play, job["seconds"], job["most"], job["seed"])


def growth(job: Job) -> Measured:
    """Graphs grown; the reach is their number of ties."""
    tool = module("growth", job["tool"])

    def play(replicates: int, rng_seed: int) -> Batch:
        grown = [tool.grow(job["model"], job["people"], rng_seed + n, job["threads"]) for n in range(replicates)]
        return Batch.of([ties for ties, _ in grown], sum(seconds for _, seconds in grown))

    return measure(play, job["seconds"], job["most"], job["seed"])


def reading(job: Job) -> Measured:
    """Edge lists read; the reach is their number of ties."""
    tool = module("reading", job["tool"])

    def play(replicates: int, rng_seed: int) -> Batch:
        done = [tool.read(job["edge_list"], job["threads"]) for _ in range(replicates)]
        return Batch.of([ties for ties, _ in done], sum(seconds for _, seconds in done))

    return measure(play, job["seconds"], job["most"], job["seed"])


if __name__ == "__main__":
    main(sys.argv[1])
