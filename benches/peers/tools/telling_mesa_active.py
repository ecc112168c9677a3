"""The telling model in Mesa with care: each day, only those who have words left are stepped."""

from mesa.agent import AgentSet

from tools import telling_mesa
from tools.telling_mesa import play

__all__ = ["PACKAGE", "WAY", "load", "play"]

PACKAGE = "mesa"
WAY = "one step a day over those with words left"


class Talker(telling_mesa.Person):
    def buy(self):
        super().buy()
        if self.words:
            self.model.talkers.add(self)

    def step(self):
        super().step()
        if not self.words:
            self.model.talkers.discard(self)


class Market(telling_mesa.Market):
    def __init__(self, friends):
        super().__init__(friends, Talker)

    def begin(self, seeds, p):
        self.talkers = AgentSet([], random=self.random)
        super().begin(seeds, p)

    def step(self):
        self.day += 1
        self.talkers.do("step")


def load(edges, people):
    return telling_mesa.load(edges, people, Market)
