"""The telling model as agents of Mesa, stepped once a day; what the modules beside it share. No tool by itself."""

from math import ceil
from time import perf_counter

import mesa

from tools import MEAN_DELAY_DAYS, TELLS, lists


class Person(mesa.Agent):
    """Somebody who, as a customer, has words to tell, each on its day."""

    def __init__(self, model):
        super().__init__(model)
        self.friends = []
        self.customer = False
        self.words = []

    def buy(self):
        self.customer = True
        model = self.model
        model.customers.append(self)
        rng, rate = model.random, 1 / MEAN_DELAY_DAYS
        told = rng.sample(self.friends, min(TELLS, len(self.friends)))
        self.words = [(model.day + ceil(rng.expovariate(rate)), friend) for friend in told]
        model.words_left += len(told)

    def step(self):
        if not self.words:
            return
        model = self.model
        later = []
        for word in self.words:
            day, hearer = word
            if day > model.day:
                later.append(word)
                continue
            model.words_left -= 1
            if not hearer.customer and model.random.random() < model.p:
                hearer.buy()
        self.words = later


class Market(mesa.Model):
    """People who are made once for all replicates, and hold their friends themselves."""

    def __init__(self, friends, person=Person):
        super().__init__(seed=1)
        self.people = list(person.create_agents(self, len(friends)))
        for person, theirs in zip(self.people, friends):
            person.friends = [self.people[friend] for friend in theirs]
        self.customers = []

    def begin(self, seeds, p):
        for person in self.customers:
            person.customer = False
        self.p, self.day, self.words_left, self.customers = p, 0, 0, []
        for seed in seeds:
            self.people[seed].buy()

    def step(self):
        self.day += 1
        self.agents.do("step")


def load(edges, people, market=Market):
    return market(lists(edges, people))


def play(loaded, seeds, p, replicates, rng_seed):
    loaded.random.seed(rng_seed)
    reaches = []
    start = perf_counter()
    for _ in range(replicates):
        loaded.begin(seeds, p)
        while loaded.words_left:
            loaded.step()
        reaches.append(len(loaded.customers))
    return reaches, perf_counter() - start
