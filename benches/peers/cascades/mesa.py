"""Mesa: people are agents, and only those reached in the last step take one."""

from __future__ import annotations

import time

import mesa
from mesa.agent import AgentSet

from graph import Graph


class Person(mesa.Agent):
    """Somebody who tells each friend once, in the step after she was reached."""

    def __init__(self, model: Market) -> None:
        super().__init__(model)
        self.friends: list[Person] = []
        self.reached = False

    def step(self) -> None:
        """Tells her friends."""
        coin, chance = self.model.random.random, self.model.chance
        for friend in self.friends:
            if coin() < chance and not friend.reached:
                friend.reached = True
                self.model.frontier.append(friend)


class Market(mesa.Model):
    """All people, and those who were reached last."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(seed=1)
        self.people = list(Person.create_agents(self, graph.people))
        for person, friends in zip(self.people, graph.friends(), strict=True):
            person.friends = [self.people[friend] for friend in friends]
        self.chance = 0.0
        self.frontier: list[Person] = []


def build(graph: Graph) -> Market:
    """The agents are made once; a replicate resets those whom it touched."""
    return Market(graph)


def play(
    built: Market, seeds: list[int], chance: float, replicates: int, rng_seed: int, threads: int
) -> tuple[list[int], float]:
    """A step for each wave."""
    built.random.seed(rng_seed)
    built.chance = chance
    reaches = []
    began = time.perf_counter()
    for _ in range(replicates):
        wave = [built.people[seed] for seed in seeds]
        for person in wave:
            person.reached = True
        everybody = list(wave)
        while wave:
            built.frontier = []
            AgentSet(wave, random=built.random).do("step")
            wave = built.frontier
            everybody.extend(wave)
        for person in everybody:
            person.reached = False
        reaches.append(len(everybody))
    return reaches, time.perf_counter() - began
