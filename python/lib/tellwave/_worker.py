"""What a worker of a cluster does with a chunk of cells: plays it into a folder of its own, and hands that over with a receipt.

Whatever it needs of the sweep comes in a parcel. What it reads of it once (the plan, edge lists) and the graphs that it grows are kept
for the next chunk.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import tellwave
from distributed import Worker, WorkerPlugin, get_worker
from tellwave import _tellwave

#: The file in a shared folder by which a worker sees that it is shared.
SHARED = ".tellwave-shared"

#: How the folders in it are called that workers hand over.
CHUNK = "chunk-"


@dataclass(frozen=True)
class Parcel:
    """A sweep as it travels: its plan, and the files that its graphs are read from."""

    digest: str
    plan: bytes
    files: dict[str, bytes] = field(repr=False)
    #: Where graphs lie that are too large to travel.
    folder: str
    version: str
    results: int

    @classmethod
    def of(cls, sweep: tellwave.Sweep) -> Parcel:
        plan, files, folder = sweep._parcel()
        return cls(sweep.digest, plan, files, str(folder), tellwave.__version__, _tellwave.RESULTS)


@dataclass(frozen=True)
class Receipt:
    """What became of a chunk: where its files are, each of which carries its digest."""

    worker: str
    #: How long it took [s].
    seconds: float = 0.0
    #: Why cells could not be played, by their places.
    failed: dict[int, str] = field(default_factory=dict)
    #: The names of the packs, which are their digests.
    packs: tuple[str, ...] = ()
    #: The folder that was handed over, where the driver sees it too.
    folder: str | None = None
    #: What is in it, where the driver does not.
    files: dict[str, bytes] | None = field(default=None, repr=False)
    #: Why this worker can play nothing of it.
    refused: str | None = None
    #: What went wrong that should not.
    broken: str | None = None
    #: Whether it does not know the sweep.
    lacks_parcel: bool = False


#: What has been brought to this process.
_parcels: dict[str, Parcel] = {}

#: So many sweeps stay read: one that goes on, and one that others play beside it.
KEPT = 2

#: The sweeps that this process has read, each with the folder of its files.
_kept: dict[str, tuple[tellwave.Sweep, tempfile.TemporaryDirectory | None]] = {}
_reading = threading.Lock()


def _sweep(parcel: Parcel, scratch: str) -> tellwave.Sweep:
    with _reading:
        if parcel.digest not in _kept:
            while len(_kept) >= KEPT:
                _kept.pop(next(iter(_kept)))
            _kept[parcel.digest] = _read(parcel, scratch)
        return _kept[parcel.digest][0]


def _read(parcel: Parcel, scratch: str) -> tuple[tellwave.Sweep, tempfile.TemporaryDirectory | None]:
    if not parcel.files:
        return tellwave.Sweep._of_parcel(parcel.plan, parcel.folder), None
    place = tempfile.TemporaryDirectory(prefix="tellwave-graphs-", dir=scratch, ignore_cleanup_errors=True)
    for name, data in parcel.files.items():
        (Path(place.name) / name).write_bytes(data)
    return tellwave.Sweep._of_parcel(parcel.plan, place.name), place


def _unlike(parcel: Parcel) -> str | None:
    """In what this engine is another than the driver's."""
    own, theirs = (tellwave.__version__, _tellwave.RESULTS), (parcel.version, parcel.results)
    if own == theirs:
        return None
    return "it has tellwave {} (results {}), and the sweep is played by {} (results {})".format(*own, *theirs)


class Delivery(WorkerPlugin):
    """Brings a parcel to every worker once, also to those that come later.

    Scattered data would be lost with the last worker that has it, and what comes of a task has to be handed from worker to worker while
    they die; a plugin is the scheduler's own, and is there before a worker's first task.
    """

    def __init__(self, parcel: Parcel) -> None:
        self._parcel = parcel

    def setup(self, worker: Worker) -> None:  # noqa: ARG002
        _parcels[self._parcel.digest] = self._parcel

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        _parcels.pop(self._parcel.digest, None)
        _kept.pop(self._parcel.digest, None)


def seconds_a_cell(digest: str, places: list[int]) -> float:
    """About how long one of these cells takes on one thread of this worker [s]."""
    return _sweep(_parcels[digest], get_worker().local_directory)._pilot(places) / len(places)


def play(digest: str, places: list[int], shared: str | None) -> Receipt:
    """Plays the cells of these places; they are handed over in the shared folder, where this machine has it, or else in the receipt."""
    worker = get_worker()
    parcel = _parcels.get(digest)
    if parcel is None:
        return Receipt(worker.address, lacks_parcel=True)
    if unlike := _unlike(parcel):
        return Receipt(worker.address, refused=unlike)
    is_shared = shared is not None and (Path(shared) / SHARED).is_file()
    place, is_kept = None, False
    began = time.perf_counter()
    try:
        sweep = _sweep(parcel, worker.local_directory)
        place = Path(tempfile.mkdtemp(prefix=CHUNK, dir=shared if is_shared else worker.local_directory))
        failed = sweep._play(places, place, worker.state.nthreads)
        names = sorted(path.name for path in place.iterdir() if path.suffix in (".pack", ".parquet"))
        files = None if is_shared else {name: (place / name).read_bytes() for name in names}
        is_kept = is_shared
    except (tellwave.Error, OSError) as error:
        return Receipt(worker.address, refused=str(error))
    except Exception as error:  # noqa: BLE001
        # In words: an exception that cannot be unpickled would never reach the driver, which would wait for ever.
        return Receipt(worker.address, broken=f"{type(error).__name__}: {error}")
    finally:
        if place is not None and not is_kept:
            shutil.rmtree(place, ignore_errors=True)
    packs = tuple(name for name in names if name.endswith(".pack"))
    return Receipt(worker.address, time.perf_counter() - began, failed, packs, str(place) if is_shared else None, files)
