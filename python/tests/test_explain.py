"""An explanation is that of the command, and says what it cannot tell."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import tellwave

TIES = """
runs = 3
horizon = "9 days"
[graph.edge_list]
file = "ties.csv"
header = "none"
[seeds]
names = ["Ann"]
[conversion]
persuasion = 1.0
[telling]
positive = "all_neighbours"
delay = "1 day"
[policy.two_sided]
advocate = "5 USD"
friend = "5 USD"
"""


@pytest.fixture(scope="module")
def ties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ties")
    (folder / "ties.csv").write_text("Ann,Bob\nBob,Eve\nZoe,Yan\n")
    (folder / "ties.toml").write_text(TIES)
    return folder / "ties.toml"


@pytest.fixture
def told(command: str, tmp_path: Path):
    """What the command tells of the runs of a file, of which it keeps no log: text, JSON, and the picture if there is one."""

    def tell(path: Path, runs: int, *words: object) -> tuple[str, dict, str | None]:
        out, picture = tmp_path / "results", tmp_path / "why.svg"
        subprocess.run([command, "run", path, "--runs", str(runs), "--log", "none", "--out", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        asked = [command, "explain", out, "--quiet", *map(str, words)]
        text, text_of_json = (
            subprocess.run([*asked, *more], check=True, capture_output=True, text=True).stdout for more in ([], ["--json"])
        )
        drawn = subprocess.run([*asked, "--svg", picture], capture_output=True)
        return text, json.loads(text_of_json), picture.read_text() if drawn.returncode == 0 else None

    return tell


@pytest.mark.parametrize(
    ("name", "words", "arguments"),
    [
        ("two-sided", ["--sale", 620], {"sale": 620}),
        ("two-sided", ["--sale", 700, "--run", 2, "--depth", 2, "--most", 5], {"sale": 700, "run": 2, "depth": 2, "most": 5}),
        ("complaints", ["--person", 17, "--run", 1], {"person": 17, "run": 1}),
        ("ties", ["--person", "Bob"], {"person": "Bob"}),
        ("ties", ["--person", "Zoe"], {"person": "Zoe"}),
    ],
)
def test_it_is_what_the_command_tells(name, words, arguments, scenarios, ties, told):
    path = ties if name == "ties" else scenarios / f"{name}.toml"
    text, found, picture = told(path, 3, *words)
    explained = tellwave.Scenario.read(path, runs=3).explain(**arguments)
    assert explained.text + "\n" == text and str(explained) == explained.text
    assert explained.to_dict() == found == json.loads(explained.to_json())
    assert explained._repr_svg_() == picture
    if picture is not None:
        assert explained.svg() == picture
        led = explained.chain.to_pyarrow().to_pylist()
        assert [(row["sequence"], row["day"], row["fact"], row["words"]) for row in led] == [
            (it["sequence"], it["day"], it["fact"], it["words"]) for it in found["chain"]
        ]


def test_who_has_not_bought_is_told_of_and_not_drawn(ties):
    nobody = tellwave.Scenario.read(ties).explain(person="Zoe")
    assert nobody.text == "Zoe has not bought in run 0. She heard nothing."
    assert repr(nobody) == "<tellwave.Explanation: Zoe has not bought in run 0.>"
    assert nobody._repr_svg_() is None and nobody.chain.num_rows == 0
    with pytest.raises(tellwave.UsageError, match="^Zoe has not bought in run 0, so there is nothing to draw"):
        nobody.svg()


def test_the_chain_goes_from_the_first_cause_to_the_sale(ties):
    chain = tellwave.Scenario.read(ties).explain(person="Eve").chain
    rows = chain.to_pyarrow().to_pylist()
    assert [row["person"] for row in rows[:1] + rows[-1:]] == ["Ann", "Eve"]
    assert rows[0]["fact"] == "CustomerSeeded" and rows[-1]["fact"] == "FirstPurchaseMade"
    assert all(chain.meanings.values()) and chain.units["day"] == "days"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({}, "either a sale"),
        ({"sale": 1, "person": 1}, "either a sale"),
        ({"sale": 0}, "^there is no sale 0: run 0 has 3 sales, counted from 1"),
        ({"sale": 99}, "there is no sale 99: run 0 has 3 sales"),
        ({"sale": "first"}, "sale: found 'first'"),
        ({"person": "Bo"}, "^there is no person 'Bo' in this market"),
        ({"person": 5}, "there is no person '5' in this market: people are numbered from 0 to 4"),
        ({"person": 1.5}, "person: found 1.5"),
        ({"sale": 1, "run": 3}, "run: found 3; .* 0 to 2"),
        ({"sale": 1, "depth": 1_001}, "depth: found 1001"),
        ({"sale": 1, "most": -1}, "most: found -1"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments, said, ties):
    with pytest.raises(tellwave.UsageError, match=said):
        tellwave.Scenario.read(ties).explain(**arguments)


def test_in_a_market_without_end_a_person_who_never_came_is_none():
    fresh = tellwave.Scenario.from_dict({"runs": 1, "telling": {"audience": "fresh"}, "horizon": "10 days", "seeds": {"count": 3}})
    assert "sale 1 " in fresh.explain(1).text.lower()
    with pytest.raises(tellwave.UsageError, match="run 0 has .* people, and no person 4000000"):
        fresh.explain(person=4_000_000)
