"""What Tellwave raises. Every class is an :class:`Error`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong with a file.

    ``line`` and ``column`` count from 1, the column in characters; both are None where the mistake has no place.
    """

    file: str
    line: int | None
    column: int | None
    key: str
    found: str
    allowed: str
    hint: str | None = None


class Error(Exception):
    """Whatever Tellwave raises of its own."""


class ScenarioError(Error, ValueError):
    """A scenario or a sweep cannot be read; ``mistakes`` has everything that is wrong with it, in order of place.

    The text is what the command prints.
    """

    def __init__(self, message: str, mistakes: list[Mistake] | None = None) -> None:
        super().__init__(message)
        self.mistakes: list[Mistake] = mistakes or []


class MissingError(ScenarioError, FileNotFoundError):
    """There is no such scenario file."""


class UsageError(Error, ValueError):
    """What was asked for cannot be: a run that is not there, scenarios of several markets, …"""


class DamageError(Error):
    """What is read back is not what was written."""


class ConflictError(DamageError):
    """A cell of a sweep has two results, of which one must be wrong."""


class ClusterError(Error):
    """A cluster cannot go on. What is finished is kept, and the same call goes on with another one."""


class DiskError(Error, OSError):
    """The disk said no; the text names the path and what was tried."""
