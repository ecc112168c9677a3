"""What takes minutes, or an administrator: run by hand, `pytest -m study python/tests/test_study.py`."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sweeps import files, small

pytest.importorskip("distributed", reason="there is no distributed: pip install './python[dask]'")

from dask.distributed import Client, LocalCluster  # noqa: E402
from tellwave.dask import run_sweep  # noqa: E402

pytestmark = [pytest.mark.study, pytest.mark.timeout(1800)]


def test_a_thousand_cells_outlast_fifty_kills_of_workers(tmp_path):
    """A worker is killed every three seconds, whichever it is; seed 1. No chance is involved in the claim."""
    sweep = small(1000, runs=15_000, people=2000)
    luck, kills, over = random.Random(1), [0], threading.Event()
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path / "scratch")) as made,
        Client(made) as client,
    ):

        def kill() -> None:
            while kills[0] < 50 and not over.wait(3.0):
                alive = [nanny.pid for nanny in made.workers.values() if nanny.pid]
                if alive:
                    os.kill(luck.choice(alive), signal.SIGKILL)
                    kills[0] += 1

        # A nanny whose worker is killed while it starts goes too; a cluster that adapts asks for another.
        made.adapt(minimum=2, maximum=2, interval="1s")
        killer = threading.Thread(target=kill)
        killer.start()
        results = run_sweep(sweep, client, tmp_path / "results", seconds=2)
        over.set()
        killer.join()
    print(f"{kills[0]} kills")
    assert kills[0] == 50, f"only {kills[0]} kills before the end: the sweep is too short for this machine"
    assert results.failures is None
    assert files(tmp_path / "results") == files(sweep.run(tmp_path / "whole").folder)


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs an administrator of Linux")
def test_two_hosts_without_a_shared_folder_come_to_the_same_bytes_also_when_one_of_them_goes(tmp_path):
    """Each host is a network namespace of its own, whose processes do not see the folder of the driver."""
    sweep = small(400, runs=50, people=1000)
    hosts = {f"tellwave{number}": f"10.213.7.{number}" for number in (1, 2)}
    processes: list[subprocess.Popen] = []
    ip("link", "add", "tellwave0", "type", "bridge")
    try:
        ip("addr", "add", "10.213.7.254/24", "dev", "tellwave0")
        ip("link", "set", "tellwave0", "up")
        for name, address in hosts.items():
            ip("netns", "add", name)
            ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", name, "master", "tellwave0", "up")
            ip("-n", name, "addr", "add", f"{address}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")
        dask = [sys.executable, "-m", "distributed.cli.dask_spec"]
        there = tmp_path / "scheduler.json"
        opts = {"scheduler_file": str(there), "dashboard": False, "port": 0, "host": "10.213.7.254"}
        processes.append(subprocess.Popen([*dask, "--spec", json.dumps({"cls": "distributed.Scheduler", "opts": opts})]))
        while not (there.exists() and there.stat().st_size):
            time.sleep(0.1)
        scheduler = json.loads(there.read_text())["address"]

        def start(name: str, address: str) -> subprocess.Popen:
            own = tmp_path.parent / f"{tmp_path.name}-{name}"
            own.mkdir(exist_ok=True)
            opts = {"nthreads": 1, "host": address, "local_directory": str(own)}
            spec = json.dumps({"cls": "distributed.Worker", "opts": opts})
            hidden = f'mount -t tmpfs none {tmp_path} && cd / && exec "$@"'
            return subprocess.Popen(["ip", "netns", "exec", name, "unshare", "--mount", "sh", "-c", hidden, "sh", *dask, "--spec", spec, scheduler])

        workers = {name: start(name, address) for name, address in hosts.items()}
        processes += workers.values()
        gone = threading.Event()

        def lose(done: int, _all: int) -> None:
            if done >= 100 and not gone.is_set():
                gone.set()
                ip("link", "set", "tellwave2", "down")
                workers["tellwave2"].kill()
                processes.append(start(*list(hosts.items())[0]))

        with Client(scheduler) as client:
            client.wait_for_workers(2)
            seen = client.run(lambda: (os.path.exists(str(there)), os.uname().nodename))
            assert not any(exists for exists, _ in seen.values()), "no worker sees the driver's folder"
            assert {worker.split("//")[1].split(":")[0] for worker in seen} == set(hosts.values())
            results = run_sweep(sweep, client, tmp_path / "results", shared=tmp_path / "shared", seconds=1, progress=lose)
        assert gone.is_set() and results.failures is None
    finally:
        for process in processes:
            process.kill()
        for name in hosts:
            subprocess.run(["ip", "netns", "del", name], check=False)
        ip("link", "del", "tellwave0")
    assert files(tmp_path / "results") == files(sweep.run(tmp_path / "whole").folder)
