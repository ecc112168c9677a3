"""Asks the Tellwave program: to grow a graph, to play, to read. Scenarios are written into a temporary folder."""

import json
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

GROWN = {
    "ba": "[graph.barabasi_albert]\npeople = {people}\nties_per_newcomer = 6\n",
    "ws": '[graph.watts_strogatz]\npeople = {people}\nties_per_person = 12\nrewiring = "10 %"\n',
}

# Everybody tells all friends at once, and each word persuades with the same chance: the independent cascade.
CASCADE = """
horizon = "1 day"
graph.edge_list.file = "{file}"
seeds.ids = {seeds}
experience = {{ satisfied = "100 %", unhappy = "0 %" }}
participation.unasked = "0 %"
telling = {{ positive = "all_neighbours", delay = "0 days" }}
conversion = {{ persuasion = {p}, damping = "0 %", decision_delay = "0 days" }}
"""

# Every customer tells twelve friends, or all if she has fewer, each after a delay of its own; who is persuaded buys at once.
TELLING = """
horizon = "1 year"
graph.edge_list.file = "{file}"
seeds.ids = {seeds}
experience = {{ satisfied = "100 %", unhappy = "0 %" }}
participation.unasked = "0 %"
telling = {{ positive = 12, delay = "exponential(5 days)" }}
conversion = {{ persuasion = {p}, damping = "0 %", decision_delay = "0 days" }}
"""


class Refused(Exception):
    """The program refused, or does not know the command; holds what it said."""


class Tellwave:
    def __init__(self, program, cascades):
        self.program = Path(program).resolve()
        self.cascades = cascades
        self.folder = tempfile.TemporaryDirectory(prefix="tellwave-peers-")
        self.calls = 0

    def version(self):
        return self._said("--version").strip()

    def _said(self, *args):
        done = subprocess.run([self.program, *map(str, args)], capture_output=True, text=True)
        if done.returncode:
            raise Refused((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[0])
        return done.stdout

    def _scenario(self, text):
        path = Path(self.folder.name) / "scenario.toml"
        path.write_text('name = "peers"\n' + text)
        return path

    def write_graph(self, case, file):
        """Grows the graph of a case and writes it as lines "a b"."""
        self._said("graph", "grow", self._scenario(GROWN[case.model].format(people=case.people)), "--edges", file)

    def play(self, case, file, runs, seed, threads):
        """Plays a case so often; the answer has the form of a worker's."""
        text = {"cascade": CASCADE, "telling": TELLING}[case.kind]
        scenario = self._scenario(text.format(file=Path(file).resolve(), seeds=case.seeds, p=case.p))
        args = ["--runs", runs, "--seed", seed, "--threads", threads, "--json"]
        if case.kind == "cascade" and self.cascades == "spread":
            said = json.loads(self._said("spread", scenario, *args))
            reach = said
        else:
            # A folder that Tellwave wrote before may be written again.
            out = Path(self.folder.name) / "results"
            said = json.loads(self._said("run", scenario, *args, "--log", "none", "--out", out))
            reach = said["measures"]["customers"]
        runs = said["runs"]
        squares = (reach["standard_error"] or 0.0) ** 2 * runs * (runs - 1)
        if "seconds_playing" not in said:
            raise Refused("this Tellwave does not say seconds_playing in its JSON")
        return {"seconds": said["seconds_playing"], "runs": runs, "mean": reach["mean"], "squares": squares}

    def most_runs(self, case):
        """The most runs of one call: the engine holds what it counts of each, day by day."""
        if case.kind == "telling":
            return 10_000
        return 10_000_000 if self.cascades == "spread" else 100_000

    def grow(self, model, people, threads):
        return self._graph(GROWN[model].format(people=people), threads)

    def read(self, file, threads):
        return self._graph(f'graph.edge_list.file = "{Path(file).resolve()}"\n', threads)

    def _graph(self, text, threads):
        """Seconds of the whole command, from its start until the graph is on the disk: more than what the peers are timed for."""
        scenario, out = self._scenario(text), Path(self.folder.name) / "graph.tw"
        start = perf_counter()
        self._said("graph", "grow", scenario, "--out", out, "--threads", threads)
        seconds = perf_counter() - start
        out.unlink()
        return {"seconds": seconds}
