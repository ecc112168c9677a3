"""`edge_list.py GRAPH.tw LIST.txt` writes the ties of a graph as text, one line each. Runs in the peers' environment."""

from __future__ import annotations

import sys

from graph import Graph


def main(graph: str, path: str) -> None:
    """Two ids a line, with a space between them."""
    with open(path, "w", encoding="ascii") as file:
        file.writelines(f"{one} {other}\n" for one, other in Graph.read(graph).ties().tolist())


if __name__ == "__main__":
    main(*sys.argv[1:])
