"""The telling model in Mesa by its scheduler of events: each word is one."""

from time import perf_counter

import mesa
from mesa.experimental.devs import DEVSimulator

from tools import MEAN_DELAY_DAYS, TELLS, lists

PACKAGE = "mesa"
WAY = "its scheduler of events, `DEVSimulator`"


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.friends = []
        self.customer = False

    def buy(self):
        self.customer = True
        model = self.model
        model.customers.append(self)
        rng, rate = model.random, 1 / MEAN_DELAY_DAYS
        for friend in rng.sample(self.friends, min(TELLS, len(self.friends))):
            model.simulator.schedule_event_relative(friend.hear, rng.expovariate(rate))

    def hear(self):
        if not self.customer and self.model.random.random() < self.model.p:
            self.buy()


class Market(mesa.Model):
    def __init__(self, friends):
        super().__init__(seed=1)
        self.people = list(Person.create_agents(self, len(friends)))
        for person, theirs in zip(self.people, friends):
            person.friends = [self.people[friend] for friend in theirs]
        self.customers = []
        self.simulator = DEVSimulator()

    def begin(self, seeds, p):
        for person in self.customers:
            person.customer = False
        self.p, self.customers = p, []
        self.simulator.reset()
        self.simulator.setup(self)
        for seed in seeds:
            self.people[seed].buy()


def load(edges, people):
    return Market(lists(edges, people))


def play(loaded, seeds, p, replicates, rng_seed):
    loaded.random.seed(rng_seed)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        loaded.begin(seeds, p)
        loaded.simulator.run_until(1e9)
        reaches.append(len(loaded.customers))
    return reaches, perf_counter() - start
