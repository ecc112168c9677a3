"""How long a replicate takes and how far it reaches: batches of replicates, the same rule for every tool."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

BATCHES = 5
"""Measured batches, of which the median counts."""


@dataclass(frozen=True)
class Batch:
    """Some replicates played one after another."""

    replicates: int
    mean: float
    variance: float
    """Sample variance of the reach; 0 where there is one replicate."""
    seconds: float

    @staticmethod
    def of(reaches: Sequence[float], seconds: float) -> Batch:
        """What a peer's `play` returned."""
        variance = statistics.variance(reaches) if len(reaches) > 1 else 0.0
        return Batch(len(reaches), statistics.fmean(reaches), variance, seconds)


@dataclass(frozen=True)
class Measured:
    """All batches of a tool on a case."""

    replicates: int
    mean: float
    variance: float
    seconds: float
    """Seconds a replicate, the median over batches."""

    @property
    def standard_error(self) -> float | None:
        """Of the mean; unknown after one replicate."""
        return math.sqrt(self.variance / self.replicates) if self.replicates > 1 else None


def measure(play: Callable[[int, int], Batch], budget: float, most: int, seed: int) -> Measured:
    """Warms up, then plays for about `budget` seconds and at most `most` replicates, but one at the least.

    `play(replicates, rng_seed)` is called with another seed each time, so that the batches are independent.
    """
    warm_up = play(1, seed)
    while warm_up.seconds < budget / 20 and warm_up.replicates < most:
        # Until a batch is long enough to foretell how many replicates the budget holds.
        seed += 1
        warm_up = play(min(10 * warm_up.replicates, most), seed)
    affordable = int(budget * warm_up.replicates / max(warm_up.seconds, 1e-9))
    replicates = max(1, min(affordable, most))
    batches = min(BATCHES, replicates)
    return pool([play(replicates // batches, seed + 1 + batch) for batch in range(batches)])


def pool(batches: Sequence[Batch]) -> Measured:
    """The batches as one sample."""
    replicates = sum(batch.replicates for batch in batches)
    mean = sum(batch.replicates * batch.mean for batch in batches) / replicates
    squares = sum((batch.replicates - 1) * batch.variance + batch.replicates * (batch.mean - mean) ** 2 for batch in batches)
    variance = squares / (replicates - 1) if replicates > 1 else 0.0
    seconds = statistics.median(batch.seconds / batch.replicates for batch in batches)
    return Measured(replicates, mean, variance, seconds)


def standard_errors_apart(one: Measured, other: Measured) -> float:
    """By how many standard errors two means differ.

    Both samples are of one law if both tools are right, so their variances are pooled: that lends a slow tool with a
    handful of replicates the spread that a fast one knows.
    """
    freedom = one.replicates + other.replicates - 2
    apart = abs(one.mean - other.mean)
    if freedom < 1:
        raise ValueError("two single replicates cannot be compared: raise --seconds or --replicates")
    squares = (one.replicates - 1) * one.variance + (other.replicates - 1) * other.variance
    error = math.sqrt(squares / freedom * (1 / one.replicates + 1 / other.replicates))
    if error == 0:
        return 0.0 if apart == 0 else math.inf
    return apart / error
