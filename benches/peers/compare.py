#!/usr/bin/env python3
"""Compares Tellwave with other people's tools: the same graphs, first customers and chances; prints how many times faster it is.

    python3 benches/peers/compare.py                      all usual cases, about an hour
    python3 benches/peers/compare.py --quick              graphs up to 100,000 people, a tenth of the time
    python3 benches/peers/compare.py --cases ba-10k --tools cynetdiff,numpy
    python3 benches/peers/compare.py --selfcheck          whether all tools play the same thing, on a tiny graph

README.md beside this file says what is compared and how. This file only needs Python; the tools are installed into a virtual
environment of its own.
"""

import argparse
import datetime
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

import cases
from race import Failed, Process, Reach, compare_graphs, compare_playing, play_all, say
from tellwave import Refused, Tellwave

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REQUIREMENTS = HERE / "requirements.txt"


def main():
    options = parse()
    python = tools_installed(options.venv)
    if options.selfcheck:
        return selfcheck(python, options)
    tellwave = Tellwave(options.tellwave, options.cascades)
    threads, budget = options.threads, options.seconds / (10 if options.quick else 1)
    lines = head(tellwave, threads, budget)
    print("\n".join(lines), flush=True)
    for case in options.cases:
        try:
            text, pairs = graph_of(case, python, tellwave, options.graphs)
            section = table(case, played(case, python, tellwave, text, pairs, budget, options))
        except Refused as refused:
            section = [f"\n## {case.title}\n", f"Not compared: {refused}"]
        print("\n".join(section), flush=True)
        lines += section
        # After every case, so that an hour is not lost to the last one.
        if options.out:
            options.out.write_text("\n".join(lines) + "\n")
    return 0


def parse():
    known = {case.name: case for case in cases.CASES}
    every_tool = list(dict.fromkeys(tool for case in cases.CASES for tool in case.tools))
    target = ROOT / "target"
    parser = argparse.ArgumentParser(description="Compares Tellwave with other people's tools.")
    parser.add_argument("--quick", action="store_true", help="small cases, a tenth of the time")
    parser.add_argument("--cases", help=f"of {','.join(known)} (default: all but those of 10 million)")
    parser.add_argument("--tools", help=f"of {','.join(every_tool)} (default: all)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="all threads (default: one for each core)")
    parser.add_argument("--seconds", type=float, default=20.0, help="of playing, for a tool in a case (default: 20)")
    parser.add_argument("--out", type=Path, help="a file for the table, too")
    parser.add_argument("--tellwave", type=Path, default=target / "release" / "tellwave", help="the program")
    parser.add_argument(
        "--cascades",
        choices=["spread", "run"],
        default="spread",
        help='how Tellwave plays cascades: "run" is the engine with its clock, accounts and daily numbers',
    )
    parser.add_argument("--graphs", type=Path, default=target / "peers-graphs", help="folder where edge lists are kept")
    parser.add_argument("--venv", type=Path, default=target / "peers-venv", help="folder of the virtual environment")
    parser.add_argument("--selfcheck", action="store_true", help="whether the tools agree, on a tiny graph; no times")
    options = parser.parse_args()

    def chosen(named, those, what):
        wrong = [name for name in named if name not in those]
        if wrong:
            parser.error(f"no such {what}: {', '.join(wrong)}; there are {', '.join(those)}")
        return named

    usual = cases.QUICK if options.quick else cases.USUAL
    names = chosen(options.cases.split(",") if options.cases else usual, known, "case")
    options.cases = [known[name] for name in names]
    options.tools = chosen(options.tools.split(",") if options.tools else every_tool, every_tool, "tool")
    if not options.tellwave.exists() and not options.selfcheck:
        parser.error(f"there is no {options.tellwave}: build it (cargo build --release), or name it with --tellwave")
    return options


def tools_installed(folder):
    """The Python of the virtual environment, which is made where the requirements have changed."""
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = folder / "requirements.txt"
    if stamp.exists() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
        return python
    say(f"making {folder}")
    venv.create(folder, clear=True, with_pip=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*install, "-r", REQUIREMENTS], stdout=sys.stderr).returncode:
        say("not all of them can be had together; now one by one")
        wanted = (line.strip() for line in REQUIREMENTS.read_text().splitlines())
        for line in wanted:
            if line and not line.startswith("#"):
                subprocess.run([*install, line], stdout=sys.stderr)
    stamp.write_bytes(REQUIREMENTS.read_bytes())
    return python


def graph_of(case, python, tellwave, folder):
    """The graph of a case, as a text and as an array: grown by Tellwave once, and kept."""
    text, pairs = folder / f"{case.graph}.txt", folder / f"{case.graph}.npy"
    if case.kind == "grow":
        return text, pairs
    folder.mkdir(parents=True, exist_ok=True)
    if not text.exists():
        say(f"growing {text.name}")
        tellwave.write_graph(case, text)
    if case.kind != "read" and (not pairs.exists() or pairs.stat().st_mtime < text.stat().st_mtime):
        as_array(python, text, pairs)
    return text, pairs


def as_array(python, text, pairs):
    subprocess.run([python, HERE / "worker.py", "--pairs", text, pairs], check=True)


def played(case, python, tellwave, text, pairs, budget, options):
    """Each tool's result in a case, or why there is none."""
    results = []
    for tool in [tool for tool in case.tools if tool in options.tools]:
        say(f"{case.name}: {tool}")
        try:
            if case.kind in ("grow", "read"):
                rounds = 1 if options.quick or case.people > 1_000_000 else 3
                result = compare_graphs(python, tellwave, case, tool, text, options.threads, rounds)
            else:
                result = compare_playing(python, tellwave, case, tool, text, pairs, budget, options.threads)
            results.append((tool, result))
        except Failed as failed:
            results.append((tool, str(failed)))
    return results


def head(tellwave, threads, budget):
    """When, where and with what."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return [
        "# Tellwave beside other tools\n",
        f"{datetime.date.today()} · {processor()}, {os.cpu_count()} cores · {platform.system()} · "
        f"Python {platform.python_version()} · {tellwave.version()} (sources at {commit.stdout.strip() or 'unknown'}) · "
        f"{budget:g} s of playing for a tool in a case.\n",
        "Seconds are those of playing once, on one thread. Ratios are peer / Tellwave, in turn in the same minute: above 1, Tellwave "
        f"is faster. All threads: {threads} processes of the tool side by side, and Tellwave on {threads} threads.",
    ]


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []:
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def table(case, results):
    """A case as Markdown."""
    if case.kind in ("grow", "read"):
        lines = [
            f"\n## {case.title}\n",
            "| tool | seconds | Tellwave, one thread | ratio, one thread | ratio, Tellwave on all | |",
            "|---|--:|--:|--:|--:|---|",
        ]
    else:
        lines = [
            f"\n## {case.title}\n",
            "| tool | how | reach | Tellwave's reach | loading, s | seconds | Tellwave | ratio, one thread | ratio, all | |",
            "|---|---|--:|--:|--:|--:|--:|--:|--:|---|",
        ]
    for tool, result in results:
        if isinstance(result, str):
            lines.append(f"| {tool} |" + " |" * (lines[2].count("|") - 3) + f" {result} |")
            continue
        name = result.about["version"] or tool
        ratios = [short(result.ratio), short(result.ratio_all)]
        cells = [short(result.seconds), short(result.ours), *ratios, result.note]
        if case.kind not in ("grow", "read"):
            cells = [result.about["way"], with_error(result.reach), with_error(result.our_reach), short(result.loading), *cells]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def short(number):
    """Three figures."""
    if number is None:
        return "–"
    if number >= 1000:
        return f"{number:,.0f}"
    return f"{number:.3g}" if number >= 0.001 else f"{number * 1e6:.3g} µ"


def with_error(reach):
    return f"{reach.mean:,.1f} ± {reach.error:.1f}"


def selfcheck(python, options):
    """Whether all tools reach as many people on a tiny graph, and whether a wrong chance would be seen."""
    folder = options.graphs / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    tellwave = Tellwave(options.tellwave, options.cascades) if options.tellwave.exists() else None
    passed, failed = 0, 0

    def check(holds, claim):
        nonlocal passed, failed
        passed, failed = passed + holds, failed + (not holds)
        print(f"{'ok ' if holds else 'NO '} {claim}", flush=True)

    for case in cases.TINY:
        text, pairs = folder / f"{case.graph}.txt", folder / f"{case.graph}.npy"
        text.write_text("".join(f"{a} {b}\n" for a, b in cases.chords(case.people)))
        as_array(python, text, pairs)
        standard = None
        for tool in reversed([tool for tool in case.tools if tool in options.tools]):
            process = Process(python, tool)
            try:
                process.do("load", edges=str(pairs), people=case.people)
                reach, wrong = Reach(), Reach()
                reach.add(play_all([process], case, 100, 1))
                more = {"seeds": case.seeds, "p": case.p * 1.15, "replicates": 100, "rng_seed": 2}
                wrong.add(process.do("play", **more))
            except Failed as failure:
                check(False, f"{case.name}, {tool}: {failure}")
                continue
            finally:
                process.close()
            standard = standard or reach
            check(reach.agrees(standard), f"{case.name}, {tool}: reach {with_error(reach)}")
            check(not wrong.agrees(standard), f"{case.name}, {tool}, with a greater chance: reach {with_error(wrong)} is seen to differ")
        if tellwave and standard:
            reach = Reach()
            try:
                reach.add(tellwave.play(case, text, 100, 1, 1))
                check(reach.agrees(standard), f"{case.name}, Tellwave: reach {with_error(reach)}")
            except Refused as refused:
                check(False, f"{case.name}, Tellwave: {refused}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
