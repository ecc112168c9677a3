"""Compares Tellwave with other people's tools: the same graphs, first customers and chances. README.md says more.

Needs Python 3.11 or later and a release build; makes a virtual environment for the peers in target/.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import cases
import environment
import report
from batches import Measured
from cases import Cascade, Case, Growth, Reading, Telling
from report import Result, Row
from tellwave import Tellwave, TellwaveError

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "performance.md"

SEED = 7
SEVERAL_THREADS = ("networkit",)
"""Peers that can use more than one thread."""
PATIENCE = 1_800
"""Seconds after which a peer is given up that has not even come to an end with its graph."""
GROWN = 3
"""Graphs grown, or lists read, at most; the first one to warm up is not among them."""
TINY_SECONDS, TINY_REPLICATES = 0.5, 300
"""Enough for a self-check to see a tool that is a tenth off."""

ALL_IS_WELL, SOMETHING_IS_WRONG, SOMETHING_IS_MISSING = 0, 1, 3


@dataclass(frozen=True)
class Comparison:
    """What all cases have in common."""

    tellwave: Tellwave
    peers: environment.Environment
    threads: list[int]
    tools: list[str] | None

    def of(self, case: Case) -> Result:
        """Plays a case with all its tools."""
        job, ours = self.prepared(case)
        rows = [self.row("tellwave", self.threads, ours)]
        if rows[0].missing is not None:
            # There is nothing to hold the peers against.
            return Result(case, rows)
        for tool in case.tools:
            if self.tools is not None and tool not in self.tools:
                continue
            able = self.threads if tool in SEVERAL_THREADS else [1]
            reason = self.peers.lacks(tool)
            if reason is not None:
                rows.append(Row(tool, missing=f"cannot be installed: {reason}"))
                continue
            rows.append(self.row(tool, able, partial(self.peer, job, tool)))
        result = Result(case, rows)
        result.judge()
        return result

    def row(self, tool: str, able: Sequence[int], measured: Callable[[int], Measured]) -> Row:
        """A tool with each number of threads."""
        row = Row(tool)
        for threads in able:
            print(f"  {tool}, {threads} thread{'s' * (threads > 1)}", file=sys.stderr, flush=True)
            try:
                row.measured[threads] = measured(threads)
            except (TellwaveError, PeerError) as error:
                row.measured.clear()
                row.missing = str(error)
                break
        return row

    def prepared(self, case: Case) -> tuple[dict[str, Any], Callable[[int], Measured]]:
        """The job for the peers, and how Tellwave does it."""
        tellwave = self.tellwave
        limits = {"seconds": tellwave.seconds, "most": tellwave.most, "seed": SEED}
        match case:
            case Growth(market=market):
                job = {"kind": "growth", "model": market.model, "people": market.people}
                return job | limits, lambda threads: tellwave.growth(market, threads)
            case Reading(market=market):
                path = self.edge_list(tellwave.grown(market))
                return {"kind": "reading", "edge_list": str(path)} | limits, lambda threads: tellwave.reading(path, threads)
            case Cascade():
                job = {"kind": "cascade", "graph": str(tellwave.grown(case.market))}
                job |= {"ids": case.ids, "chance": case.chance}
                return job | limits, lambda threads: tellwave.cascade(case, threads)
            case Telling():
                graph = tellwave.grown(case.market)
                path = self.edge_list(graph)
                job = {"kind": "telling", "graph": str(graph), "ids": case.ids}
                job |= {"chance": case.chance, "told": case.told, "days": case.days}
                return job | limits, lambda threads: tellwave.telling(case, path, threads)

    def edge_list(self, graph: Path) -> Path:
        """The ties of a graph as text."""
        path = graph.with_suffix(".txt")
        if not path.exists():
            subprocess.run([self.peers.python, HERE / "edge_list.py", graph, path], check=True)
        return path

    def peer(self, job: dict[str, Any], tool: str, threads: int) -> Measured:
        """A peer's measurement, in a process of its own."""
        folder = self.tellwave.folder
        path, answer = folder / "job.json", folder / "result.json"
        answer.unlink(missing_ok=True)
        path.write_text(json.dumps(job | {"tool": tool, "threads": threads, "result": str(answer)}))
        limited = {f"{library}_NUM_THREADS": str(threads) for library in ("OMP", "OPENBLAS", "MKL")}
        command = [self.peers.python, HERE / "worker.py", path]
        try:
            done = subprocess.run(
                command, env=os.environ | limited, capture_output=True, text=True, timeout=PATIENCE + 10 * job["seconds"]
            )
        except subprocess.TimeoutExpired as error:
            raise PeerError(f"not done after {error.timeout:.0f} s") from error
        if done.returncode != 0:
            said = done.stderr.strip().splitlines() or [f"ended with code {done.returncode} (was there enough memory?)"]
            raise PeerError(said[-1])
        return Measured(**json.loads(answer.read_text()))


class PeerError(Exception):
    """A peer did not come to an end."""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = [case.name for case in cases.full()]
    parser.add_argument("--tools", metavar="A,B", help="only these peers, forms of telling among them")
    parser.add_argument("--cases", metavar="A,B", help=f"only these, or those that begin so: {', '.join(known)}")
    parser.add_argument("--tellwave", metavar="PATH", type=Path, help="default: the release build in target/")
    parser.add_argument("--seconds", metavar="S", type=float, default=10.0, help="for a tool on a case (default: 10)")
    parser.add_argument("--replicates", metavar="N", type=int, default=1_000_000, help="at most so many (default: 1000000)")
    parser.add_argument("--out", metavar="FILE.md", type=Path, help="writes the tables there")
    parser.add_argument("--write", action="store_true", help="puts the tables into docs/performance.md")
    parser.add_argument("--allow-missing", action="store_true", help="exit code 0 although a peer is missing")
    parser.add_argument("--selfcheck", action="store_true", help="tiny graphs: shows that all works, and not how fast")
    given = parser.parse_args()
    if given.write and given.selfcheck:
        parser.error("--write is for real measurements: leave out --selfcheck")
    if given.selfcheck:
        given.seconds, given.replicates = min(given.seconds, TINY_SECONDS), min(given.replicates, TINY_REPLICATES)
    if given.seconds <= 0 or given.replicates < 1:
        parser.error("--seconds must be above 0, and --replicates at least 1")
    given.cases = chosen_cases(parser, given)
    tools = {tool for case in given.cases for tool in case.tools}
    given.tools = given.tools.split(",") if given.tools else None
    for tool in given.tools or ():
        if tool not in tools:
            parser.error(f"no case here has the tool {tool!r}; they have {', '.join(sorted(tools))}")
    return given


def chosen_cases(parser: argparse.ArgumentParser, given: argparse.Namespace) -> list[Case]:
    """The cases that were asked for."""
    every = cases.tiny() if given.selfcheck else cases.full()
    if not given.cases:
        return every
    beginnings = given.cases.split(",")
    for beginning in beginnings:
        if not any(case.name.startswith(beginning) for case in every):
            parser.error(f"no case begins with {beginning!r}; there are {', '.join(case.name for case in every)}")
    return [case for case in every if case.name.startswith(tuple(beginnings))]


def program(named: Path | None) -> Path:
    """The release build."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    path = (named or target / "release" / "tellwave").resolve()
    if not path.is_file():
        raise SystemExit(f"{path} is not there: run cargo build --release, or name another with --tellwave")
    return path


def main() -> int:
    """Plays all cases and says whether all is well."""
    given = arguments()
    tellwave_program = program(given.tellwave)
    target = ROOT / "target"
    target.mkdir(exist_ok=True)
    peers = environment.prepare(target / "peers-venv")
    threads = sorted({1, report.cores()})
    results = []
    with tempfile.TemporaryDirectory(dir=target, prefix="peers-") as folder:
        for case in given.cases:
            print(case.name, file=sys.stderr, flush=True)
            once = isinstance(case, Growth | Reading)
            most = min(given.replicates, GROWN) if once else given.replicates
            tellwave = Tellwave(tellwave_program, Path(folder), given.seconds, most, SEED)
            try:
                results.append(Comparison(tellwave, peers, threads, given.tools).of(case))
            except TellwaveError as error:
                results.append(Result(case, [Row("tellwave", missing=str(error))]))
    text = report.tables(results, threads)
    print(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")
    if given.write:
        report.write_between_marks(PAGE, "peers", text)
    return verdict(results, given.allow_missing)


def verdict(results: Sequence[Result], allow_missing: bool) -> int:
    """Says what is wrong or missing; the exit code."""
    rows = [(result.case.name, row) for result in results for row in result.rows]
    wrong = [f"{case}: {row.tool} is wrong: {row.wrong}" for case, row in rows if row.wrong]
    missing = [f"{case}: {row.tool} is missing: {row.missing}" for case, row in rows if row.missing]
    for complaint in wrong + missing:
        print(complaint, file=sys.stderr)
    if wrong or any(row.missing and row.tool == "tellwave" for _, row in rows):
        return SOMETHING_IS_WRONG
    return SOMETHING_IS_MISSING if missing and not allow_missing else ALL_IS_WELL


if __name__ == "__main__":
    sys.exit(main())
