"""Graphs as Tellwave writes them: sorted rows, and every tie in both of its rows."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import numpy as np

MAGIC = b"tellgrph"


@dataclass(frozen=True)
class Graph:
    """Rows of arcs: person i can tell `column[starts[i]:starts[i + 1]]`."""

    people: int
    starts: np.ndarray
    column: np.ndarray

    @staticmethod
    def read(path: str | os.PathLike[str]) -> Graph:
        """Reads a .tw file."""
        with open(path, "rb") as file:
            magic, length = file.read(8), int.from_bytes(file.read(8), "little")
            if magic != MAGIC:
                raise ValueError(f"{path} is no graph of Tellwave: it begins with {magic!r} instead of {MAGIC!r}")
            header = json.loads(file.read(length).rstrip(b"\0 "))
            people, arcs = header["people"], header["arcs"]
            starts = np.fromfile(file, "<u4", people + 1)
            column = np.fromfile(file, "<u4", arcs)
        if len(starts) != people + 1 or len(column) != arcs or starts[-1] != arcs:
            raise ValueError(f"{path} is cut short or of another version: grow it again")
        return Graph(people, starts, column)

    def ties(self) -> np.ndarray:
        """Every tie once, as rows of (smaller id, larger id)."""
        tellers = np.repeat(np.arange(self.people, dtype=np.int64), self.starts[1:] - self.starts[:-1])
        once = tellers < self.column
        return np.stack([tellers[once], self.column[once].astype(np.int64)], axis=1)

    def friends(self) -> list[list[int]]:
        """The rows as lists."""
        column, starts = self.column.tolist(), self.starts.tolist()
        return [column[starts[person] : starts[person + 1]] for person in range(self.people)]


def kept(rng: np.random.Generator, ties: int, chance: float) -> np.ndarray:
    """Which of so many ties are kept if each is with this chance: by the gaps between them, which are geometric."""
    enough = int(ties * chance + 10 * (ties * chance) ** 0.5 + 10)
    places = np.cumsum(rng.geometric(chance, enough)) - 1
    while places[-1] < ties:
        more = np.cumsum(rng.geometric(chance, enough)) + places[-1]
        places = np.concatenate([places, more])
    return places[places < ties]
