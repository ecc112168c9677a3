"""The telling model in Mesa, as it is usually written: each day, every agent is stepped."""

from tools.telling_mesa import load, play

__all__ = ["PACKAGE", "WAY", "load", "play"]

PACKAGE = "mesa"
WAY = "one step a day over all agents"
