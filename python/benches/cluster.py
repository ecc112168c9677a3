"""What a cluster costs, measured in one call: ratios of one and two workers, the overhead of a chunk, the memory of the driver.

    python python/benches/cluster.py speed
    python python/benches/cluster.py overhead
    python python/benches/cluster.py memory
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from dask.distributed import Client, LocalCluster

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from sweeps import small  # noqa: E402
from tellwave import _chunks  # noqa: E402
from tellwave.dask import run_sweep  # noqa: E402


def cluster(workers: int) -> LocalCluster:
    return LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)


def timed(sweep: object, workers: int, seconds: float = 10.0) -> float:
    """How long a sweep takes on a cluster that is there [s], without its report."""
    with cluster(workers) as made, Client(made) as client, tempfile.TemporaryDirectory() as folder:
        client.wait_for_workers(workers)
        began = time.perf_counter()
        run_sweep(sweep, client, Path(folder) / "results", seconds=seconds, report=False)
        return time.perf_counter() - began


def speed() -> None:
    """Two workers against one, five times in turn: 200 cells that take half a minute on one thread."""
    sweep = small(200, runs=10_000, people=2000)
    pairs = [(timed(sweep, 1), timed(sweep, 2)) for _ in range(5)]
    for one, two in pairs:
        print(f"one worker {one:.1f} s, two {two:.1f} s: {one / two:.2f} times as fast")
    print(f"median {statistics.median(one / two for one, two in pairs):.2f}")


def overhead() -> None:
    """Chunks of one cell against all cells in one process: what is left is what a chunk costs, on one worker."""
    cells = 300
    sweep = small(cells, runs=2, people=100)
    _chunks.SHORTEST = 0.0
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        sweep.run(Path(folder) / "results", threads=1, report=False)
        alone = time.perf_counter() - began
    times = [timed(sweep, 1, seconds=1e-6) for _ in range(5)]
    each = [(spent - alone) / cells * 1000 for spent in times]
    print(f"{cells} chunks: {statistics.median(each):.1f} ms a chunk (from {min(each):.1f} to {max(each):.1f})")


def memory() -> None:
    """The most memory of the driver while chunks come back, for more and more cells, each in a process of its own; without charts."""
    for cells in (1_000, 10_000, 50_000):
        subprocess.run([sys.executable, __file__, f"memory-of-{cells}"], check=True)


def memory_of(cells: int) -> None:
    import psutil

    own, most = psutil.Process(), 0
    persuasion = {"key": "conversion.persuasion", "from": "1 %", "to": "5 %", "steps": cells // 100}
    satisfied = {"key": "experience.satisfied", "from": "60 %", "to": "90 %", "steps": 100}
    sweep = small(runs=2, people=100, factor=[persuasion, satisfied])

    def look(_done: int, _all: int) -> None:
        nonlocal most
        most = max(most, own.memory_info().rss)

    with cluster(2) as made, Client(made) as client, tempfile.TemporaryDirectory() as folder:
        before, began = own.memory_info().rss, time.perf_counter()
        run_sweep(sweep, client, Path(folder) / "results", seconds=5, report=False, progress=look)
        spent, after = time.perf_counter() - began, own.memory_info().rss
    print(
        f"{cells:>6} cells: driver {before / 1e6:.0f} MB before, at most {most / 1e6:.0f} MB while chunks come back, "
        f"{after / 1e6:.0f} MB with the results; {spent:.0f} s",
        flush=True,
    )


if __name__ == "__main__":
    measures = {"speed": speed, "overhead": overhead, "memory": memory}
    measures |= {f"memory-of-{cells}": partial(memory_of, cells) for cells in (1_000, 10_000, 50_000)}
    asked = sys.argv[1:] or list(measures)
    if unknown := set(asked) - measures.keys():
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; allowed: {', '.join(measures)}")
    for name in asked:
        measures[name]()
