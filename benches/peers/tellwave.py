"""The `tellwave` program: has it grow, read, spread and tell, and takes its times from what it prints as JSON."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batches import Batch, Measured, measure
from cases import Cascade, Market, Telling


class TellwaveError(Exception):
    """The program failed, or said something else than is expected."""


@dataclass(frozen=True)
class Tellwave:
    """Where it is, where it may write, and how long it may play."""

    program: Path
    folder: Path
    seconds: float
    most: int
    seed: int

    def ask(self, *arguments: str) -> tuple[dict[str, Any], float]:
        """Its JSON, and the seconds of the whole command."""
        began = time.perf_counter()
        done = subprocess.run([str(self.program), *arguments, "--json"], capture_output=True, text=True)
        elapsed = time.perf_counter() - began
        command = f"tellwave {' '.join(arguments[:2])}"
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or [f"code {done.returncode}"]
            raise TellwaveError(f"{command} failed: {said[0]} (is {self.program} of this version?)")
        try:
            return json.loads(done.stdout), elapsed
        except json.JSONDecodeError as error:
            raise TellwaveError(f"{command} --json printed no JSON ({error})") from error

    def scenario(self, text: str) -> Path:
        """A scenario file of its own."""
        with tempfile.NamedTemporaryFile("w", dir=self.folder, suffix=".toml", delete=False) as file:
            file.write(text)
        return Path(file.name)

    def grown(self, market: Market) -> Path:
        """A graph to play on."""
        path = self.folder / f"{market.model}-{market.people}.tw"
        if not path.exists():
            self.grow(market.toml, path, self.seed, 1)
        return path

    def grow(self, toml: str, path: Path, seed: int, threads: int) -> tuple[dict[str, Any], float]:
        """Grows a graph; its JSON, and the seconds of the command but for writing."""
        scenario = self.scenario(toml)
        asked = ("graph", "grow", str(scenario), "--out", str(path), "--seed", str(seed), "--threads", str(threads))
        said, elapsed = self.ask(*asked)
        return said, elapsed - said.get("seconds_writing", 0.0)

    def growth(self, market: Market, threads: int) -> Measured:
        """Seconds of growing; the reach is the number of ties."""
        path = self.folder / "grown.tw"

        def play(replicates: int, rng_seed: int) -> Batch:
            ties, seconds = [], 0.0
            for number in range(replicates):
                said, elapsed = self.grow(market.toml, path, rng_seed + number, threads)
                path.unlink()
                ties.append(said["arcs"] / 2)
                seconds += said.get("seconds_growing", elapsed)
            return Batch.of(ties, seconds)

        return measure(play, self.seconds, self.most, self.seed)

    def reading(self, edge_list: Path, threads: int) -> Measured:
        """Seconds of the whole command but for writing: from the text to rows that can be played on."""
        path = self.folder / "read.tw"
        toml = f'[graph.edge_list]\nfile = "{edge_list.name}"\nheader = "none"\n'

        def play(replicates: int, rng_seed: int) -> Batch:
            ties, seconds = [], 0.0
            for _ in range(replicates):
                said, elapsed = self.grow(toml, path, rng_seed, threads)
                path.unlink()
                ties.append(said["arcs"] / 2)
                seconds += elapsed
            return Batch.of(ties, seconds)

        return measure(play, self.seconds, self.most, self.seed)

    def cascade(self, case: Cascade, threads: int) -> Measured:
        """Independent cascades from fixed people."""
        graph = str(self.grown(case.market))
        ids = ",".join(map(str, case.ids))

        def play(replicates: int, rng_seed: int) -> Batch:
            asked = ("spread", graph, "--chance", str(case.chance), "--seeds", ids, "--runs", str(replicates))
            said, _ = self.ask(*asked, "--seed", str(rng_seed), "--threads", str(threads))
            return batch(replicates, said["reach"], said["seconds_playing"])

        return measure(play, self.seconds, self.most, self.seed)

    def telling(self, case: Telling, edge_list: Path, threads: int) -> Measured:
        """The full simulator, with events, on the story of a telling case."""
        scenario = self.scenario(telling_scenario(case, edge_list))

        def play(replicates: int, rng_seed: int) -> Batch:
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                asked = ("run", str(scenario), "--out", f"{folder}/out", "--log", "none", "--no-twin")
                repeats = ("--runs", str(replicates), "--seed", str(rng_seed), "--threads", str(threads))
                said, _ = self.ask(*asked, *repeats)
            return batch(replicates, said["measures"]["customers"], said["seconds_playing"])

        return measure(play, self.seconds, self.most, self.seed)


def batch(replicates: int, measure: dict[str, Any], seconds: float) -> Batch:
    """What a measure says: the variance follows from its standard error."""
    error = measure.get("standard_error") or 0.0
    return Batch(replicates, measure["mean"], error * error * replicates, seconds)


def telling_scenario(case: Telling, edge_list: Path) -> str:
    """Poisson many friends told, exponential delays, nobody unhappy, purchase at once, and time for everything."""
    return f"""name = "telling"
horizon = "{round(40 * case.days)} days"

[graph.edge_list]
file = "{edge_list.name}"
header = "none"

[seeds]
ids = {case.ids}

[experience]
satisfied = "100 %"
unhappy = "0 %"

[participation]
unasked = "0 %"

[telling]
audience = "neighbours"
positive = "poisson({case.told})"
delay = "exponential({case.days:g} days)"

[conversion]
persuasion = {case.chance}
decision_delay = "0 days"
"""
