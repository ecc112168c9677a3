"""What the two forms with daily steps share: people as agents of Mesa, with words due on whole days.

A word is heard on the first day that ends after its delay. Who is persuaded does not depend on when, so the customers at
the end are of the same law as with exact times.
"""

from __future__ import annotations

import math
import time
from random import Random

import mesa

from graph import Graph
from telling.story import Story, audience, tell_counts


class Person(mesa.Agent):
    """Somebody who, once a customer, has words to tell."""

    def __init__(self, model: Market) -> None:
        super().__init__(model)
        self.friends: list[Person] = []
        self.would_tell = 0
        self.bought = False
        self.words: list[tuple[int, Person]] = []
        """What she still has to tell: day and hearer, the last day first."""

    def buy(self) -> None:
        """Plans her words."""
        model = self.model
        self.bought = True
        delay, rate, today = model.random.expovariate, 1 / model.story.days, model.day
        self.words = [
            (today + math.ceil(delay(rate)), friend) for friend in audience(self.friends, self.would_tell, model.random)
        ]
        self.words.sort(key=lambda word: word[0], reverse=True)
        model.pending += len(self.words)
        model.customers += 1
        model.bought(self)

    def step(self) -> None:
        """Tells what is due today."""
        words, model = self.words, self.model
        while words and words[-1][0] <= model.day:
            friend = words.pop()[1]
            model.pending -= 1
            if not friend.bought and model.random.random() < model.story.chance:
                friend.buy()


class Market(mesa.Model):
    """All people, made once; a replicate resets them."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(seed=1)
        self.people = list(Person.create_agents(self, graph.people))
        for person, friends in zip(self.people, graph.friends(), strict=True):
            person.friends = [self.people[friend] for friend in friends]
        self.day = self.pending = self.customers = 0

    def bought(self, person: Person) -> None:
        """Hears of a new customer."""

    def one_day(self) -> None:
        """All steps of a day."""
        raise NotImplementedError

    def play_one(self, story: Story, random: Random) -> int:
        """One replicate: how many customers there are when nobody has anything left to tell."""
        self.story, self.random = story, random
        counts = tell_counts(len(self.people), story.told, random.getrandbits(64))
        for person, count in zip(self.people, counts, strict=True):
            person.would_tell, person.bought, person.words = count, False, []
        self.day = self.pending = self.customers = 0
        for seed in story.seeds:
            self.people[seed].buy()
        while self.pending:
            self.day += 1
            self.one_day()
        return self.customers


def play(built: Market, story: Story, replicates: int, rng_seed: int) -> tuple[list[int], float]:
    """Replicates one after another."""
    began = time.perf_counter()
    customers = [built.play_one(story, Random(f"{rng_seed} {replicate}")) for replicate in range(replicates)]
    return customers, time.perf_counter() - began
