"""Sweeps on Dask: the workers of a cluster play the cells, and one folder keeps them, as if the command had played them all.

On all cores of this machine::

    from dask.distributed import Client
    from tellwave.dask import run_sweep

    if __name__ == "__main__":
        results = run_sweep("reward.toml", Client(), "results/reward")

docs/cluster.md has the same for Slurm, Kubernetes and SSH.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import tempfile
import time
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path

try:
    from distributed import Client, Future
    from distributed.scheduler import KilledWorker
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}: tellwave.dask needs it; pip install distributed, or './python[dask]' from a checkout", name=error.name) from error

from tellwave import _worker
from tellwave._chunks import STRIKES, Chunk, Chunks
from tellwave._tellwave import Sweep, SweepFolder, SweepResults
from tellwave._worker import Delivery, Parcel, Receipt
from tellwave.errors import ClusterError, ConflictError, DamageError, DiskError, Error, UsageError

NO_TELLWAVE = "a worker has no Tellwave: {}. Install the same version there, or start workers where it is"

#: How long the driver waits before it looks around [s].
TICK = 1.0

#: How long it waits for a scheduler that is away, and for files that a shared folder does not show yet [s].
PATIENCE = 30.0

#: For how long there is no worker before that is said [s]: a queue may give the first one late.
LONELY = 10.0

#: The most cells that a pilot plays some runs of.
PILOT = 5

#: A chunk that has taken so many times as long as it should, and no less than so long [s], is given to a second worker as well.
LATE, LATE_LEAST = 4.0, 30.0


def run_sweep(
    plan: Sweep | str | os.PathLike[str],
    client: Client,
    store: str | os.PathLike[str],
    *,
    shared: str | os.PathLike[str] | None = None,
    seconds: float = 10.0,
    report: bool = True,
    progress: Callable[[int, int], object] | None = None,
) -> SweepResults:
    """Plays what is not finished yet of a sweep on the workers of a cluster, and keeps it in the folder ``store`` of this machine.

    The bytes are those of ``tellwave sweep run``, however many workers there are, come and go. A sweep that was begun here can be
    finished by the command or by ``Sweep.run``, and the other way round.

    ``plan``: a sweep, a sweep file, or the folder of a sweep that was begun. ``shared``: a folder under one path on this machine and on
    workers, through which they hand over what they finish; without it, or where a worker does not see it, that comes through the
    scheduler. ``seconds``: about how long a worker plays between two times that something is kept [s]. ``report`` and ``progress`` are
    as in ``Sweep.run``.

    A cell that cannot be played, or whose workers die as often as the scheduler allows (``distributed.scheduler.allowed-failures``), is
    in ``failures`` of the results. Raises `ClusterError` where the scheduler is gone or no worker is fit, `UsageError`, `ScenarioError`
    and `DiskError` as ``Sweep.run``.
    """
    if not isinstance(client, Client) or client.asynchronous or client.status == "closed":
        raise UsageError(f"client: found {client!r}; allowed: an open distributed.Client that is not asynchronous, such as Client()")
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not 0 < seconds <= 3600:
        raise UsageError(f"seconds: found {seconds!r}; allowed: a number above 0, up to 3600")
    if progress is not None and not callable(progress):
        raise UsageError(f"progress: found {progress!r}; allowed: a function of done and all")
    sweep, store = _sweep(plan), Path(store)
    if shared is not None and Path(shared).resolve().is_relative_to(store.resolve()):
        raise UsageError(f"shared: found {str(shared)!r}; allowed: a folder outside of the store, which holds the sweep alone")
    folder = SweepFolder(sweep, store, report)
    try:
        with _Shared(shared, sweep, folder) as handed_over:
            missing = folder.missing(list(range(len(sweep))))
            driver = _Driver(client, Parcel.of(sweep), folder, handed_over, Chunks(missing, seconds))
            failed = driver.play(len(sweep) - len(missing), len(sweep), progress) if missing else {}
        return folder.finish(failed, report)
    finally:
        folder.close()


def _sweep(plan: Sweep | str | os.PathLike[str]) -> Sweep:
    if isinstance(plan, Sweep):
        return plan
    if not isinstance(plan, (str, os.PathLike)):
        raise UsageError(f"plan: found {plan!r}; allowed: a Sweep, a sweep file, or the folder of a sweep")
    return Sweep.of_folder(plan) if Path(plan).is_dir() else Sweep.read(plan)


class _Shared:
    """The folder through which workers hand over, if there is one: marked, and emptied of what an earlier driver left."""

    def __init__(self, shared: str | os.PathLike[str] | None, sweep: Sweep, folder: SweepFolder) -> None:
        self.path = None if shared is None else Path(shared).absolute() / f"tellwave-{sweep.digest[:16]}"
        self._folder = folder

    def __enter__(self) -> _Shared:
        if self.path is not None:
            try:
                self.path.mkdir(parents=True, exist_ok=True)
                (self.path / _worker.SHARED).touch()
            except OSError as error:
                raise DiskError(f"could not make {self.path}: {error.strerror}") from error
            for left in self.path.glob(f"{_worker.CHUNK}*"):
                try:
                    self._folder.absorb(left)
                except Error:
                    # Half-written: its cells are played again.
                    continue
                shutil.rmtree(left, ignore_errors=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # After an error another driver may find something there.
        if self.path is not None and kind is None:
            shutil.rmtree(self.path, ignore_errors=True)

    def wait_for(self, receipt: Receipt) -> Path:
        """The folder of a chunk, which a network may show some seconds late."""
        place = Path(receipt.folder or "")
        if self.path is None or place.parent != self.path:
            raise DamageError(f"{place} was handed over, and is not in the shared folder")
        until = time.monotonic() + PATIENCE
        while not all((place / name).is_file() for name in ("plan.json", *receipt.packs)):
            if time.monotonic() > until:
                raise DamageError(f"{place} was handed over, and is not there")
            time.sleep(0.1)
        return place


class _Driver:
    """Gives chunks out in a sliding window, and takes in what comes back."""

    def __init__(self, client: Client, parcel: Parcel, folder: SweepFolder, shared: _Shared, chunks: Chunks) -> None:
        self._client, self._parcel, self._folder, self._shared, self._chunks = client, parcel, folder, shared, chunks
        self._out: dict[Future, Chunk] = {}
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._failed: dict[int, str] = {}
        #: Single cells that were there when workers died.
        self._suspects: list[Chunk] = []
        self._finished = self._number = 0
        #: What the scheduler calls the sweep, and the tasks of this driver.
        self._plugin = f"tellwave-{parcel.digest}"
        self._name = f"tellwave-{parcel.digest[:8]}-{uuid.uuid4().hex[:8]}"
        #: Workers that cannot play, and why.
        self._refused: dict[str, str] = {}
        #: The workers that a chunk was given to where it must not go to any other.
        self._only: dict[Future, set[str]] = {}
        self._workers: dict[str, int] = {}
        self._looked = 0.0
        #: Since when there has been no worker, and whether that was said.
        self._alone_since: float | None = None
        self._is_lonely = False

    def play(self, there: int, total: int, progress: Callable[[int, int], object] | None) -> dict[int, str]:
        """Until every cell is kept or has failed, some of which were there before; why those have, by their places."""
        try:
            self._send()
            self._pilot()
            while self._chunks or any(not chunk.is_done for chunk in [*self._out.values(), *self._suspects]):
                self._look_around()
                self._fill()
                try:
                    future = self._done.get(timeout=TICK)
                except queue.Empty:
                    continue
                self._take(future)
                if progress is not None:
                    progress(min(there + self._finished, total), total)
        finally:
            for future in self._out:
                future.release()
            if self._client.status == "running":
                with contextlib.suppress(Exception):
                    # Nothing depends on it.
                    self._client.unregister_worker_plugin(self._plugin)
        return self._failed

    def _send(self) -> None:
        """Sends the sweep to every worker, also to those that come later."""
        try:
            # A driver that was killed has left one of the same name, which this one replaces.
            self._client.register_plugin(Delivery(self._parcel), name=self._plugin)
        except ModuleNotFoundError as error:
            raise ClusterError(NO_TELLWAVE.format(error)) from error

    def _pilot(self) -> None:
        if not self._client.nthreads():
            # Nobody waits for a worker to hear how long cells take: the first chunks will say it.
            return
        places = self._chunks.some(PILOT)
        future = self._client.submit(_worker.seconds_a_cell, self._parcel.digest, places, pure=False)
        try:
            self._chunks.learn(future.result(timeout=PATIENCE))
        except Exception:  # noqa: BLE001
            # Whatever it was, the first chunks will find it out, one cell each.
            future.release()

    def _look_around(self) -> None:
        """Who is there; and what has been given to workers that have gone."""
        if self._client.status == "running" and time.monotonic() - self._looked < TICK:
            return
        until = time.monotonic() + PATIENCE
        while self._client.status != "running":
            if time.monotonic() > until or self._client.status == "closed":
                raise ClusterError(f"the scheduler is gone; {self._finished} cells are kept. Call run_sweep again to go on")
            time.sleep(0.1)
        self._workers, self._looked = self._client.nthreads(), time.monotonic()
        if self._workers:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = time.monotonic()
        elif time.monotonic() - self._alone_since > LONELY and not self._is_lonely:
            self._is_lonely = True
            warnings.warn("there is no worker; waiting for one", stacklevel=4)
        if self._refused and self._workers and not self._fit():
            said = "\n".join(f"  {worker}: {why}" for worker, why in self._refused.items())
            raise ClusterError(f"no worker is fit to play:\n{said}")
        for future, only in list(self._only.items()):
            if not only & self._workers.keys():
                self._back(self._out.pop(future), future)

    def _fit(self) -> list[str]:
        return [worker for worker in self._workers if worker not in self._refused]

    def _fill(self) -> None:
        slots = max(1, sum(self._workers[worker] for worker in self._fit()))
        while self._chunks and len(self._out) < max(8, 2 * slots):
            self._give(self._chunks.take(slots))
        if self._chunks or len(self._out) >= slots:
            return
        if not self._out:
            # Whatever waits at a worker that dies is suspected with the one that killed it, so suspects are played one at a time.
            for chunk in [chunk for chunk in self._suspects if not chunk.is_done][:1]:
                self._give(chunk)
        now = time.monotonic()
        for chunk in set(self._out.values()):
            if not chunk.is_doubled and now - chunk.since > max(LATE * chunk.expected, LATE_LEAST):
                chunk.is_doubled = True
                self._give(chunk)

    def _give(self, chunk: Chunk) -> None:
        self._number += 1
        only = self._fit() if self._refused else None
        shared = None if self._shared.path is None else str(self._shared.path)
        future = self._client.submit(
            _worker.play, self._parcel.digest, chunk.places, shared,
            key=f"{self._name}-{self._number}", workers=only, pure=False,
        )  # fmt: skip
        self._out[future] = chunk
        if only is not None:
            self._only[future] = set(only)
        future.add_done_callback(self._done.put)

    def _take(self, future: Future) -> None:
        chunk = self._out.pop(future, None)
        self._only.pop(future, None)
        if chunk is None or chunk.is_done:
            # The other of two was faster.
            future.release()
            return
        if future.status == "finished":
            try:
                receipt = future.result(timeout=PATIENCE)
            except Exception:  # noqa: BLE001
                # Whoever had it is gone.
                self._back(chunk, future)
                return
            future.release()
            self._keep(chunk, receipt)
        elif future.status == "error":
            error = future.exception()
            future.release()
            self._lost(chunk, error)
        else:
            # The scheduler was away, and knows of it no more.
            self._back(chunk, future)

    def _back(self, chunk: Chunk, future: Future) -> None:
        self._only.pop(future, None)
        future.release()
        self._again(chunk)

    def _again(self, *chunks: Chunk) -> None:
        """They are given out again, unless another worker is at them."""
        self._chunks.back(*(chunk for chunk in chunks if chunk not in self._out.values()))

    def _keep(self, chunk: Chunk, receipt: Receipt) -> None:
        if receipt.refused is not None:
            if receipt.worker not in self._refused:
                warnings.warn(f"worker {receipt.worker} plays nothing: {receipt.refused}", stacklevel=5)
            self._refused[receipt.worker] = receipt.refused
            self._again(chunk)
            return
        if receipt.lacks_parcel:
            self._send()
            self._again(chunk)
            return
        if receipt.broken is not None:
            self._strike(chunk, receipt.broken)
            return
        try:
            self._absorb(receipt)
        except ConflictError:
            raise
        except DamageError as error:
            self._strike(chunk, str(error))
            return
        chunk.is_done = True
        self._chunks.took(chunk, receipt.seconds)
        self._failed.update(receipt.failed)
        self._finished += len(chunk.places)

    def _absorb(self, receipt: Receipt) -> None:
        if receipt.files is None:
            place = self._shared.wait_for(receipt)
            self._folder.absorb(place)
            shutil.rmtree(place, ignore_errors=True)
            return
        with tempfile.TemporaryDirectory(prefix="tellwave-") as place:
            (Path(place) / "plan.json").write_bytes(self._parcel.plan)
            for name, data in receipt.files.items():
                if Path(name).name != name:
                    raise DamageError(f"{receipt.worker} handed over {name!r}, which is no name of a file")
                (Path(place) / name).write_bytes(data)
            self._folder.absorb(Path(place))

    def _lost(self, chunk: Chunk, error: BaseException) -> None:
        """No worker said what became of a chunk. One that was there whenever they died is cut up, until it is known which cell kills them:
        the one that does it alone, too."""
        if isinstance(error, ModuleNotFoundError):
            raise ClusterError(NO_TELLWAVE.format(error))
        if not isinstance(error, KilledWorker):
            self._strike(chunk, f"{type(error).__name__}: {error}")
        elif len(chunk.places) > 1:
            self._again(*chunk.parts())
        elif chunk in self._suspects:
            self._give_up(chunk, "its worker died each time")
        else:
            self._suspects.append(chunk)

    def _strike(self, chunk: Chunk, why: str) -> None:
        """A chunk came to nothing, and does so a few times at most."""
        chunk.strikes += 1
        if chunk.strikes < STRIKES:
            self._again(chunk)
        else:
            self._give_up(chunk, why)

    def _give_up(self, chunk: Chunk, why: str) -> None:
        if chunk in self._out.values():
            # Another worker is at it.
            return
        chunk.is_done = True
        self._failed.update(dict.fromkeys(chunk.places, why))
        self._finished += len(chunk.places)
