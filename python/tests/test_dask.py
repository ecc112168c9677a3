"""Sweeps on a cluster come to the bytes of one process, whatever becomes of workers, scheduler and driver."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tellwave
from sweeps import files, small

pytest.importorskip("distributed", reason="there is no distributed: pip install './python[dask]'")

from dask.distributed import Client, LocalCluster  # noqa: E402
from tellwave.dask import run_sweep  # noqa: E402

#: Put before what a worker does with a chunk, also after it was started again: `before(places)` and `after(places, receipt)`.
TROUBLE = """
import os, pathlib, time
import tellwave
from tellwave import _worker
from dataclasses import replace

mark = pathlib.Path({mark!r})
# A worker that is started again runs this again.
really = _worker.__dict__.setdefault("really", _worker.play)

def first(name):
    try:
        (mark / name).touch(exist_ok=False)
        return True
    except FileExistsError:
        return False

def before(places): pass
def after(places, receipt): return receipt

{code}

def play(digest, places, shared):
    before(places)
    return after(places, really(digest, places, shared))

play.__module__, play.__qualname__ = "tellwave._worker", "play"
_worker.play = play
"""


@contextmanager
def cluster(tmp_path: Path, workers: int = 2, trouble: str = "", processes: bool = True) -> Iterator[Client]:
    """A cluster on this machine whose workers have trouble."""
    preload = []
    if trouble:
        (tmp_path / "mark").mkdir(exist_ok=True)
        script = tmp_path / "trouble.py"
        script.write_text(TROUBLE.format(mark=str(tmp_path / "mark"), code=trouble))
        preload = [str(script)]
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=processes, dashboard_address=None, preload=preload,
            local_directory=str(tmp_path / "scratch"),
        ) as made,
        Client(made) as client,
    ):  # fmt: skip
        yield client


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks that are over soon, so that small sweeps have some dozens of them."""
    monkeypatch.setattr("tellwave._chunks.SHORTEST", 0.001)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process writes."""
    return files(small(40).run(tmp_path_factory.mktemp("whole") / "results").folder)


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_writes_the_bytes_of_one_process(whole, workers, tmp_path):
    told = []
    with cluster(tmp_path, workers) as client:
        results = run_sweep(small(40), client, tmp_path / "results", seconds=0.02, progress=lambda done, all: told.append((done, all)))
    assert files(tmp_path / "results") == whole
    assert (results.finished, results.failures, told[-1]) == (40, None, (40, 40))


def test_a_shared_folder_hands_over_the_same_and_is_left_empty(whole, tmp_path):
    shared = tmp_path / "shared"
    with cluster(tmp_path) as client:
        run_sweep(small(40), client, tmp_path / "results", shared=shared, seconds=0.02)
    assert files(tmp_path / "results") == whole
    assert list(shared.iterdir()) == []


def test_what_is_begun_here_is_finished_there_and_the_other_way_round(whole, tmp_path):
    sweep = small(40)
    sweep.run(tmp_path / "a", cells=range(1, 11))
    with cluster(tmp_path) as client:
        run_sweep(sweep, client, tmp_path / "a")

        def stop(done: int, _all: int) -> None:
            if done >= 8:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_sweep(tmp_path / "a", client, tmp_path / "b", seconds=0.02, progress=stop)
    assert 8 <= tellwave.SweepResults.open(tmp_path / "b").finished < 40
    tellwave.Sweep.of_folder(tmp_path / "b").run(tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b") == whole


def test_logs_and_edge_lists_travel(tmp_path):
    for name, step in (("ring", 1), ("wide", 5)):
        (tmp_path / f"{name}.txt").write_text("".join(f"{a} {(a + by) % 80}\n" for a in range(80) for by in (1, step + 1)))
    levels = [{"name": name, "graph": {"edge_list": {"file": f"{name}.txt"}}} for name in ("ring", "wide")]
    keys = {"runs": 3, "metrics": ["customers"], "keep": {"logs": [1], "runs": True}, "factor": [{"name": "network", "level": levels}]}
    base = tellwave.Scenario.from_dict({"seeds": {"count": 2}, "graph": {"edge_list": {"file": "wide.txt"}}}, folder=tmp_path)
    sweep = tellwave.Sweep.from_dict(keys, base=base)
    sweep.run(tmp_path / "whole")
    with cluster(tmp_path) as client:
        (tmp_path / "ring.txt").rename(tmp_path / "elsewhere.txt")
        (tmp_path / "wide.txt").unlink()
        for shared in (None, tmp_path / "shared"):
            run_sweep(tmp_path / "whole", client, tmp_path / f"results-{shared is None}", shared=shared)
    assert files(tmp_path / "results-True") == files(tmp_path / "results-False") == files(tmp_path / "whole")
    assert sum(name.endswith(".parquet") and name.startswith("cell-") for name in files(tmp_path / "whole")) == 2


DIES_ONCE = """
def before(places):
    if any(place % 10 == 3 and first(f"died-{place}") for place in places):
        os._exit(1)
"""


def test_workers_that_die_are_made_up_for(whole, tmp_path):
    with cluster(tmp_path, trouble=DIES_ONCE) as client:
        results = run_sweep(small(40), client, tmp_path / "results", seconds=0.02)
    assert len(list((tmp_path / "mark").iterdir())) == 4
    assert results.failures is None and files(tmp_path / "results") == whole


KILLER = """
def before(places):
    if 17 in places:
        os._exit(1)
"""


def test_a_cell_that_kills_its_workers_is_noted_down_and_the_rest_goes_on(command, whole, tmp_path):
    with cluster(tmp_path, trouble=KILLER) as client:
        results = run_sweep(small(40), client, tmp_path / "results", seconds=0.02)
    failures = results.failures.to_pandas()
    assert (results.finished, failures["cell"].tolist()) == (39, [18])
    assert failures["reason"].tolist() == ["its worker died each time"]
    assert failures["command"].tolist() == [f"tellwave sweep resume {tmp_path / 'results'} --cells 18"]
    # As it says.
    os.system(failures["command"][0].replace("tellwave", command, 1) + " >/dev/null 2>&1")
    assert files(tmp_path / "results") == whole


CORRUPT = """
def after(places, receipt):
    if receipt.files and first("corrupt"):
        name, data = next(iter(receipt.files.items()))
        return replace(receipt, files=dict(receipt.files) | {name: data[:-1] + bytes([data[-1] ^ 1])})
    if receipt.files and first("strange"):
        return replace(receipt, files={"../../strange.pack": b"x"})
    return receipt
"""


def test_what_was_changed_on_its_way_is_not_believed(whole, tmp_path):
    with cluster(tmp_path, trouble=CORRUPT) as client:
        results = run_sweep(small(40), client, tmp_path / "results", seconds=0.02)
    assert {path.name for path in (tmp_path / "mark").iterdir()} == {"corrupt", "strange"}
    assert results.failures is None and files(tmp_path / "results") == whole


ALWAYS_CORRUPT = """
def after(places, receipt):
    return replace(receipt, files={name: data + b"x" for name, data in receipt.files.items()}) if 5 in places else receipt
"""


def test_what_comes_back_damaged_three_times_is_noted_down(tmp_path):
    with cluster(tmp_path, trouble=ALWAYS_CORRUPT) as client:
        results = run_sweep(small(40), client, tmp_path / "results", seconds=0.001)
    failures = results.failures.to_pandas()
    assert 6 in failures["cell"].tolist() and "is damaged or was changed" in failures["reason"][0]


def test_a_worker_of_another_version_plays_nothing(whole, tmp_path):
    def other(version: str) -> None:
        import tellwave

        tellwave.__version__ = version

    with cluster(tmp_path) as client:
        odd = next(iter(client.nthreads()))
        client.run(other, "9.9.9", workers=[odd])
        with pytest.warns(UserWarning, match=f"worker {odd} plays nothing: it has tellwave 9.9.9 .* is played by {tellwave.__version__}"):
            results = run_sweep(small(40), client, tmp_path / "results", seconds=0.02)
        assert results.failures is None and files(tmp_path / "results") == whole
        client.run(other, "9.9.9")
        with pytest.warns(UserWarning), pytest.raises(tellwave.ClusterError, match="no worker is fit to play:\n  .*9.9.9"):
            run_sweep(small(20), client, tmp_path / "other")


BLACK_HOLE = """
own, full = str(os.getpid()), mark / "full"

def after(places, receipt):
    if first("full"):
        full.write_text(own)
    return replace(receipt, refused="could not write: no space left") if full.read_text() == own else receipt
"""


def test_a_worker_whose_disk_is_full_is_left_out(whole, tmp_path):
    with cluster(tmp_path, trouble=BLACK_HOLE) as client, pytest.warns(UserWarning, match="no space left"):
        run_sweep(small(40), client, tmp_path / "results", seconds=0.02)
    assert files(tmp_path / "results") == whole


SLOW = """
def before(places):
    if first("slow"):
        time.sleep(3600)
"""


def test_a_worker_that_hangs_is_overtaken(whole, tmp_path, monkeypatch):
    monkeypatch.setattr("tellwave.dask.LATE_LEAST", 1.0)
    with cluster(tmp_path, trouble=SLOW) as client:
        # The other copy of the chunk is let go.
        run_sweep(small(40), client, tmp_path / "results", seconds=0.02)
    assert files(tmp_path / "results") == whole


TWICE = """
def after(places, receipt):
    (mark / f"{places[0]}-{time.monotonic_ns()}").touch()
    return receipt
"""


def test_a_chunk_that_is_played_twice_is_taken_once(whole, tmp_path, monkeypatch):
    # Everything is late, so that every chunk is given to both workers as soon as one of them has nothing else to do.
    monkeypatch.setattr("tellwave.dask.LATE_LEAST", -1.0)
    monkeypatch.setattr("tellwave.dask.LATE", 0.0)
    told = []
    with cluster(tmp_path, trouble=TWICE) as client:
        results = run_sweep(small(40), client, tmp_path / "results", seconds=0.02, progress=lambda done, all: told.append(done))
    played = [path.name.partition("-")[0] for path in (tmp_path / "mark").iterdir()]
    assert len(played) > len(set(played)), "some were played twice"
    assert results.failures is None and files(tmp_path / "results") == whole and max(told) == 40


def test_two_results_of_one_cell_are_an_error_and_the_same_one_twice_is_not(tmp_path):
    sweep = small(40)
    plan, _, _ = sweep._parcel()
    folder = tellwave._tellwave.SweepFolder(sweep, tmp_path / "ours", True)
    other = tellwave.Sweep._of_parcel(plan, tmp_path)
    other._play([1, 2], tmp_path / "theirs", 1)
    folder.absorb(tmp_path / "theirs")
    folder.absorb(tmp_path / "theirs")
    # As a machine would have written it that reckons otherwise: the last byte of a record is another, and the digest is right.
    other._play([1], tmp_path / "odd", 1)
    pack = next((tmp_path / "odd").glob("*.pack"))
    data = bytearray(pack.read_bytes())
    data[-2] ^= 1
    pack.rename(pack.with_name(f"cells-{hashlib.sha256(data).hexdigest()}.pack")).write_bytes(data)
    with pytest.raises(tellwave.ConflictError, match="cell 1 has one result in .* and another in"):
        folder.absorb(tmp_path / "odd")
    assert folder.missing(list(range(4))) == [place for place in folder.missing(list(range(40))) if place < 4]
    folder.close()
    assert tellwave.SweepResults.open(tmp_path / "ours").finished == 2


@contextmanager
def started(tmp_path: Path, workers: int = 2) -> Iterator[tuple[str, subprocess.Popen]]:
    """The file of a scheduler in a process of its own, with such workers, and that process."""
    scratch = Path(tempfile.mkdtemp(dir=tmp_path))
    there = scratch / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": scratch}
    dask = [sys.executable, "-m", "distributed.cli.dask_spec"]
    spec = {"cls": "distributed.Scheduler", "opts": {"scheduler_file": str(there), "dashboard": False, "port": 0, "host": "127.0.0.1"}}
    processes = [subprocess.Popen([*dask, "--spec", json.dumps(spec)], **quiet)]
    try:
        for _ in range(100):
            if there.exists() and there.stat().st_size:
                break
            time.sleep(0.1)
        worker = {"cls": "distributed.Worker", "opts": {"nthreads": 1, "death_timeout": 3, "local_directory": str(scratch)}}
        address = json.loads(there.read_text())["address"]
        processes += [subprocess.Popen([*dask, "--spec", json.dumps(worker), address], **quiet) for _ in range(workers)]
        yield str(there), processes[0]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_scheduler_that_is_gone_is_said_and_everything_is_kept(whole, tmp_path, monkeypatch):
    monkeypatch.setattr("tellwave.dask.PATIENCE", 2.0)
    sweep = small(40)
    with started(tmp_path) as (there, scheduler), Client(scheduler_file=there, timeout="3s") as client:
        with pytest.raises(tellwave.ClusterError, match="cells are kept. Call run_sweep again"):
            run_sweep(sweep, client, tmp_path / "results", seconds=0.02, progress=lambda done, all: scheduler.kill())
    assert 0 < tellwave.SweepResults.open(tmp_path / "results").finished < 40
    with cluster(tmp_path) as client:
        run_sweep(sweep, client, tmp_path / "results")
    assert files(tmp_path / "results") == whole


DRIVER = """
import sys
from distributed import Client
sys.path.insert(0, {tests!r})
import tellwave._chunks
from sweeps import small
from tellwave.dask import run_sweep

tellwave._chunks.SHORTEST = 0.001
with Client(scheduler_file={there!r}) as client:
    run_sweep(small(200, runs=20), client, {store!r}, shared={shared!r}, seconds=0.005, progress=lambda done, all: print(done, flush=True))
"""


def test_a_driver_that_is_killed_five_times_goes_on_where_it_was(tmp_path):
    finished = [0]
    with started(tmp_path) as (there, _):
        script = DRIVER.format(tests=str(Path(__file__).parent), there=there, store=str(tmp_path / "results"), shared=str(tmp_path / "shared"))
        for kills in range(6):
            driver = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if kills < 5:
                driver.stdout.readline()
                driver.kill()
                driver.communicate()
                finished.append(tellwave.SweepResults.open(tmp_path / "results").finished)
            else:
                driver.communicate(timeout=60)
                assert driver.returncode == 0
    assert finished == sorted(finished) and 0 < finished[1] and finished[3] < 200
    assert files(tmp_path / "results") == files(small(200, runs=20).run(tmp_path / "whole").folder)


def test_what_cannot_be_is_refused_before_anything_is_given_out(tmp_path):
    with cluster(tmp_path, 1) as client:
        asked = {"plan": small(), "client": client, "store": tmp_path / "results"}
        within = tmp_path / "results" / "shared"
        wrongs = [("seconds", 0), ("seconds", 1e9), ("seconds", "10"), ("progress", 3), ("client", "tcp://here:8786"), ("plan", 7), ("shared", within)]
        for name, wrong in wrongs:
            with pytest.raises(tellwave.UsageError, match=f"{name}: found"):
                run_sweep(**asked | {name: wrong})
        (tmp_path / "file").touch()
        with pytest.raises(tellwave.DiskError, match="could not make .*file"):
            run_sweep(**asked | {"shared": tmp_path / "file"})
        assert tellwave.SweepResults.open(tmp_path / "results").finished == 0
        with pytest.raises(tellwave.MissingError):
            run_sweep(tmp_path / "none.toml", client, tmp_path / "results")
        wrong = tellwave.Sweep.from_dict(
            {"factor": [{"key": "conversion.persuasion", "values": ["1 %", "700 %"]}]},
            base=tellwave.Scenario.from_dict({"graph": {"complete": {"people": 20}}}),
        )
        with pytest.raises(tellwave.ScenarioError, match="700 %"):
            run_sweep(wrong, client, tmp_path / "wrong")
        assert not (tmp_path / "wrong").exists()
        run_sweep(small(), client, tmp_path / "results")
        finished = files(tmp_path / "results")
        assert run_sweep(small(), client, tmp_path / "results").finished == 12, "there is nothing left to do"
        assert files(tmp_path / "results") == finished
