"""Mesa: agents, all of which are stepped in each round, as in its examples of epidemics.

Agents hold their friends themselves, which is faster than Mesa's network space. They are made once for all replicates.
"""

from time import perf_counter

import mesa

from tools import lists

PACKAGE = "mesa"
WAY = "`agents.do(\"step\")` in each round"


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.friends = []
        self.reached_in = None

    def step(self):
        model = self.model
        if self.reached_in == model.round:
            draw, p = model.random.random, model.p
            for friend in self.friends:
                if friend.reached_in is None and draw() < p:
                    friend.reached_in = model.round + 1
                    model.reached.append(friend)


class Cascade(mesa.Model):
    def __init__(self, friends):
        super().__init__(seed=1)
        self.people = list(Person.create_agents(self, len(friends)))
        for person, theirs in zip(self.people, friends):
            person.friends = [self.people[friend] for friend in theirs]
        self.reached = []

    def begin(self, seeds, p):
        for person in self.reached:
            person.reached_in = None
        self.p, self.round, self.reached = p, 0, [self.people[seed] for seed in seeds]
        for person in self.reached:
            person.reached_in = 0

    def step(self):
        self.agents.do("step")
        self.round += 1


def load(edges, people):
    return Cascade(lists(edges, people))


def play(loaded, seeds, p, replicates, rng_seed):
    loaded.random.seed(rng_seed)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        loaded.begin(seeds, p)
        before = 0
        while len(loaded.reached) > before:
            before = len(loaded.reached)
            loaded.step()
        reaches.append(before)
    return reaches, perf_counter() - start
