"""How the cells of a sweep are cut into chunks, and what becomes of one that comes to nothing."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

#: The shortest time that is worth a task [s]: what a cluster spends on one is some hundredths of a second.
SHORTEST = 0.5

#: The most cells of a chunk.
MOST = 4096

#: Into so many parts a chunk is cut that has killed its workers, so that its other cells are played.
PARTS = 64

#: So often a chunk is given out before its cells are noted down as failed.
STRIKES = 3

#: How many of the latest receipts say how long a cell takes.
LATEST = 32


@dataclass(eq=False)
class Chunk:
    """Cells that are given to a worker together, by their places."""

    places: list[int]
    strikes: int = 0
    #: How long it should take [s], and when it was given out.
    expected: float = 0.0
    since: float = field(default_factory=time.monotonic)
    is_done: bool = False
    is_doubled: bool = False

    def parts(self) -> list[Chunk]:
        """The same cells in chunks of their own."""
        size = -(-len(self.places) // PARTS)
        return [Chunk(self.places[first : first + size]) for first in range(0, len(self.places), size)]


class Chunks:
    """What is left to be given out: cells in their order, and before them the chunks that came back."""

    def __init__(self, places: list[int], seconds: float) -> None:
        self._places, self._next, self._seconds = places, 0, seconds
        self._back: deque[Chunk] = deque()
        self._latest: deque[tuple[float, int]] = deque(maxlen=LATEST)
        self._pilot: float | None = None

    def __bool__(self) -> bool:
        return bool(self._back) or self._next < len(self._places)

    def some(self, most: int) -> list[int]:
        """Some of the cells, spread over all of them: what a pilot plays."""
        return self._places[:: max(1, len(self._places) // most)][:most]

    def learn(self, seconds_a_cell: float) -> None:
        """What a pilot says."""
        self._pilot = seconds_a_cell

    def took(self, chunk: Chunk, seconds: float) -> None:
        """How long a chunk took."""
        self._latest.append((seconds, len(chunk.places)))

    @property
    def pace(self) -> float | None:
        """How long a cell takes [s]; None as long as nobody knows."""
        if self._latest:
            return sum(seconds for seconds, _ in self._latest) / sum(cells for _, cells in self._latest)
        return self._pilot

    def take(self, slots: int) -> Chunk:
        """The next one, for so many threads that play: towards the end they become shorter, so that all are done at about the same time."""
        pace = self.pace
        if self._back:
            chunk = self._back.popleft()
        else:
            left = len(self._places) - self._next
            size = 1
            if pace:
                share = max(-(-left // (2 * slots)), round(SHORTEST / pace))
                size = max(1, min(round(self._seconds / pace), share, left, MOST))
            chunk = Chunk(self._places[self._next : self._next + size])
            self._next += size
        chunk.expected, chunk.since = (pace or 0.0) * len(chunk.places), time.monotonic()
        return chunk

    def back(self, *chunks: Chunk) -> None:
        """They were not played, and are given out again."""
        self._back.extend(chunks)
