"""What every form of the telling model is told, and the draws that they share."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TypeVar

import numpy as np

Friend = TypeVar("Friend")


@dataclass(frozen=True)
class Story:
    """The parameters of a telling case."""

    seeds: list[int]
    chance: float
    told: float
    """Mean number of friends told by a customer."""
    days: float
    """Mean delay of a word."""


def audience(friends: list[Friend], told: int, random: Random) -> list[Friend]:
    """Whom a customer tells: so many of her friends, or all where she has no more."""
    return random.sample(friends, told) if told < len(friends) else friends


def tell_counts(people: int, told: float, rng_seed: int) -> list[int]:
    """How many each person would tell, drawn at once since Python has no Poisson law of its own."""
    return np.random.default_rng(rng_seed).poisson(told, people).tolist()
