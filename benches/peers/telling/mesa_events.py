"""Mesa's event scheduler: every word is an event at its exact time."""

from __future__ import annotations

import math
import time
from random import Random

import mesa
from mesa.experimental.devs import DEVSimulator

from graph import Graph
from telling.story import Story, audience, tell_counts


class Person(mesa.Agent):
    """Somebody who hears words, and plans her own as soon as she buys."""

    def __init__(self, model: Market) -> None:
        super().__init__(model)
        self.friends: list[Person] = []
        self.would_tell = 0
        self.bought = False

    def buy(self) -> None:
        """Schedules her words."""
        model = self.model
        self.bought = True
        model.customers += 1
        delay, rate, schedule = model.random.expovariate, 1 / model.story.days, model.simulator.schedule_event_relative
        for friend in audience(self.friends, self.would_tell, model.random):
            schedule(friend.hear, delay(rate))

    def hear(self) -> None:
        """A word persuades, or not."""
        if not self.bought and self.model.random.random() < self.model.story.chance:
            self.buy()


class Market(mesa.Model):
    """All people, made once; a replicate resets them."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(seed=1)
        self.simulator = DEVSimulator()
        self.people = list(Person.create_agents(self, graph.people))
        for person, friends in zip(self.people, graph.friends(), strict=True):
            person.friends = [self.people[friend] for friend in friends]
        self.customers = 0

    def play_one(self, story: Story, random: Random) -> int:
        """One replicate: how many customers there are when all events have happened."""
        self.story, self.random = story, random
        self.simulator.reset()
        self.simulator.setup(self)
        counts = tell_counts(len(self.people), story.told, random.getrandbits(64))
        for person, count in zip(self.people, counts, strict=True):
            person.would_tell, person.bought = count, False
        self.customers = 0
        for seed in story.seeds:
            self.people[seed].buy()
        self.simulator.run_until(math.inf)
        return self.customers


def build(graph: Graph) -> Market:
    """The agents."""
    return Market(graph)


def play(built: Market, story: Story, replicates: int, rng_seed: int) -> tuple[list[int], float]:
    """Replicates one after another."""
    began = time.perf_counter()
    customers = [built.play_one(story, Random(f"{rng_seed} {replicate}")) for replicate in range(replicates)]
    return customers, time.perf_counter() - began
