"""Takes times in turn, and checks that the same thing was played.

Tool and Tellwave play A B A B, so that a machine that slows down slows both; the ratio is the median of the rounds' ratios. No
ratio is given before the mean reaches agree: their difference must lie within four of its standard errors, with the variance
pooled over both, since under the claim that is tested both draw from one law. A right tool fails that once in 16,000 times.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
STANDARD_ERRORS = 4.0
ROUNDS = 5
MOST_RUNS = 1_000_000
"""In one turn; a shorter turn times the clock."""


class Failed(Exception):
    """A tool could not do what it was asked; holds why."""


class Process:
    """A tool in a process of its own, one thread."""

    def __init__(self, python, tool):
        self.process = subprocess.Popen(
            [python, HERE / "worker.py", tool],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=one_thread(),
        )

    def ask(self, do, **request):
        self.process.stdin.write(json.dumps({"do": do, **request}) + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f"the process ended with code {self.process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(answer["error"])
        return answer

    def do(self, do, **request):
        try:
            self.ask(do, **request)
        except BrokenPipeError:
            raise Failed(f"the process ended with code {self.process.wait()}") from None
        return self.answer()

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def one_thread():
    """Libraries below the tools that would take more."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass
class Reach:
    """How many were reached, over all replicates so far."""

    runs: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, answer):
        runs = self.runs + answer["runs"]
        away = answer["mean"] - self.mean
        self.squares += answer["squares"] + away**2 * self.runs * answer["runs"] / runs
        self.mean += away * answer["runs"] / runs
        self.runs = runs

    @property
    def error(self):
        return sqrt(self.squares / (self.runs - 1) / self.runs) if self.runs > 1 else float("nan")

    def agrees(self, other):
        variance = (self.squares + other.squares) / max(self.runs + other.runs - 2, 1)
        error = sqrt(variance * (1 / self.runs + 1 / other.runs))
        return abs(self.mean - other.mean) <= STANDARD_ERRORS * error + 1e-9


@dataclass
class Result:
    """What came of one tool in one case."""

    about: dict
    loading: float = 0.0
    seconds: float = 0.0
    ours: float = 0.0
    ratio: float | None = None
    ratio_all: float | None = None
    reach: Reach = field(default_factory=Reach)
    our_reach: Reach = field(default_factory=Reach)
    note: str = ""


class Player:
    """One side of a race: plays so many replicates, with another seed each time."""

    def __init__(self, play, reach):
        self.play, self.reach, self.seed, self.each = play, reach, 0, None

    def turn(self, runs):
        """Seconds a replicate."""
        self.seed += 1
        answer = self.play(runs, self.seed)
        self.reach.add(answer)
        return answer["seconds"] / answer["runs"]

    def warm_up(self, enough, most):
        """Plays more and more until that takes long enough to say how long one takes."""
        runs = 1
        while True:
            self.each = max(self.turn(runs), 1e-9)
            if self.each * runs >= enough or runs >= most:
                return
            runs = int(min(max(2 * enough / self.each, 2 * runs), 100 * runs, most))


def race(tool, ours, budget, most):
    """Rounds of both in turn: the medians of their seconds a replicate, and of the ratios."""
    tool.warm_up(budget / 50, MOST_RUNS)
    ours.warm_up(budget / 100, most)
    rounds = int(min(max(budget / tool.each, 1), ROUNDS))
    theirs_runs = int(min(max(budget / rounds / tool.each, 1), MOST_RUNS))
    ours_runs = int(min(max(budget / rounds / 4 / ours.each, 2), most))
    theirs, mine = [], []
    for _ in range(rounds):
        theirs.append(tool.turn(theirs_runs))
        mine.append(ours.turn(ours_runs))
    return median(theirs), median(mine), median(a / b for a, b in zip(theirs, mine))


def play_all(processes, case, runs, seed):
    """Shares the replicates out over processes that play side by side; the slowest one's seconds are those of all."""
    share = -(-runs // len(processes))
    for number, process in enumerate(processes):
        process.ask("play", seeds=case.seeds, p=case.p, replicates=share, rng_seed=1_000 * seed + number)
    answers = [process.answer() for process in processes]
    reach = Reach()
    for answer in answers:
        reach.add(answer)
    seconds = max(answer["seconds"] for answer in answers)
    return {"seconds": seconds, "runs": reach.runs, "mean": reach.mean, "squares": reach.squares}


def memory_left():
    """Bytes, where the system says so."""
    for line in Path("/proc/meminfo").read_text().splitlines() if Path("/proc/meminfo").exists() else []:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return float("inf")


def compare_playing(python, tellwave, case, tool, text, pairs, budget, threads):
    """One tool and Tellwave play a case, on one thread each and then on all."""
    processes = [Process(python, tool)]
    try:
        result = Result(processes[0].do("about"))
        loaded = processes[0].do("load", edges=str(pairs), people=case.people)
        result.loading = loaded["seconds"]
        most = tellwave.most_runs(case)

        def raced():
            theirs = Player(lambda runs, seed: play_all(processes, case, runs, seed), result.reach)
            ours = Player(lambda runs, seed: tellwave.play(case, text, runs, seed, len(processes)), result.our_reach)
            return race(theirs, ours, budget, most)

        result.seconds, result.ours, result.ratio = raced()
        if threads > 1 and result.reach.agrees(result.our_reach):
            if loaded["memory"] * 1.3 * (threads - 1) > memory_left():
                result.note = f"too large for {threads} processes here"
            else:
                processes += [Process(python, tool) for _ in range(threads - 1)]
                for process in processes[1:]:
                    process.do("load", edges=str(pairs), people=case.people)
                _, _, result.ratio_all = raced()
        if not result.reach.agrees(result.our_reach):
            result.ratio = result.ratio_all = None
            result.note = "reach differs"
        return result
    finally:
        for process in processes:
            process.close()


def compare_graphs(python, tellwave, case, tool, text, threads, rounds):
    """One tool and Tellwave grow a graph, or read one."""
    process = Process(python, tool)
    try:
        result = Result(process.do("about"))
        result.about["way"] = ""
        theirs, ours, ours_all = [], [], []
        for number in range(rounds + 1):
            if case.kind == "grow":
                said = process.do("grow", model=case.model, people=case.people)
                mine = [tellwave.grow(case.model, case.people, count) for count in dict.fromkeys([1, threads])]
            else:
                said = process.do("read", file=str(text))
                mine = [tellwave.read(text, count) for count in dict.fromkeys([1, threads])]
                if said["people"] != case.people:
                    result.note = f"read {said['people']:,} people"
            expected = 6 * case.people
            if abs(said["ties"] - expected) > 100:
                result.note = f"has {said['ties']:,} ties"
            if number or not rounds:
                theirs.append(said["seconds"])
                ours.append(mine[0]["seconds"])
                ours_all.append(mine[-1]["seconds"])
        result.seconds, result.ours = median(theirs), median(ours)
        if not result.note:
            result.ratio = median(a / b for a, b in zip(theirs, ours))
            result.ratio_all = median(a / b for a, b in zip(theirs, ours_all)) if threads > 1 else None
        return result
    finally:
        process.close()


def say(words):
    """What is going on, beside the table."""
    print(words, file=sys.stderr, flush=True)
