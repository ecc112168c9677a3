"""How it is used: reading, mistakes, stopping, what is shown."""

from __future__ import annotations

import copy
import os
import pickle
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest
import tellwave

SMALL = {
    "runs": 20,
    "graph": {"watts_strogatz": {"people": 500}},
    "seeds": {"count": 10},
    "policy": {"two_sided": {"advocate": "5.00 USD", "friend": "5.00 USD"}},
}


def test_file_text_and_dictionary_are_the_same_scenario(tmp_path: Path):
    text = (
        'runs = 20\n[graph.watts_strogatz]\npeople = 500\n[seeds]\ncount = 10\n'
        '[policy.two_sided]\nadvocate = "5.00 USD"\nfriend = "5.00 USD"\n'
    )
    path = tmp_path / "scenario.toml"
    path.write_text(text)
    read = [tellwave.Scenario.read(path), tellwave.Scenario.from_toml(text), tellwave.Scenario.from_dict(SMALL)]
    assert len({scenario.digest for scenario in read}) == 1
    assert tellwave.Scenario.from_toml(read[0].resolved).digest == read[0].digest
    assert (read[0].runs, read[0].seed, read[0].people, read[0].currency, read[0].days) == (20, 1, 500, "USD", 365)
    assert len(read[0].programme) == 2


def test_arguments_go_before_the_file():
    scenario = tellwave.Scenario.from_dict(SMALL, runs=3, seed=9, people=200, name="mine.toml")
    assert (scenario.runs, scenario.seed, scenario.people, scenario.name) == (3, 9, 200, "mine")
    sources = {row["key"]: row["source"] for row in scenario.settings.to_pyarrow().to_pylist()}
    assert (sources["runs"], sources["seeds.count"], sources["horizon"]) == ("argument", "file", "default")


def test_every_mistake_has_its_place_and_the_text_is_the_commands(tmp_path: Path, command: str):
    path = tmp_path / "wrong.toml"
    path.write_text("runs = 0\nhorizn = '3 days'\n[seeds]\ncount = -1\n")
    with pytest.raises(tellwave.ScenarioError) as raised:
        tellwave.Scenario.read(path)
    mistakes = raised.value.mistakes
    assert [(it.line, it.column, it.key) for it in mistakes] == [(1, 8, "runs"), (2, 1, "horizn"), (4, 9, "seeds.count")]
    assert all(it.file == str(path) for it in mistakes)
    assert "horizon" in mistakes[1].hint
    printed = subprocess.run([command, "check", path], capture_output=True, text=True)
    assert printed.returncode == 2
    assert printed.stderr.strip() == str(raised.value).strip()
    assert isinstance(raised.value, ValueError) and isinstance(raised.value, tellwave.Error)


@pytest.mark.parametrize(
    ("wrong", "kind", "said"),
    [
        (lambda: tellwave.Scenario.read("no-such.toml"), FileNotFoundError, "there is no scenario"),
        (lambda: tellwave.Scenario.from_dict({"runs": object()}), TypeError, "runs: found a object"),
        (lambda: tellwave.Scenario.from_dict({"runs": 10**30}), TypeError, "at most 64 bits"),
        (lambda: tellwave.Scenario.from_dict({1: 2}), TypeError, "no text"),
        (lambda: tellwave.Scenario.from_dict({"seeds": {"count": float("nan")}}), tellwave.ScenarioError, "seeds.count"),
        (lambda: tellwave.Scenario.from_dict(SMALL).with_value("horizon", 3), tellwave.ScenarioError, "^horizon: found"),
        (lambda: tellwave.Scenario.from_dict(SMALL).with_value("runs", 0), tellwave.UsageError, "runs: found 0; .* 1 to 10000000"),
        (lambda: tellwave.Scenario.from_dict(SMALL).with_value("name", "x"), tellwave.UsageError, "but not the name"),
        (lambda: tellwave.Scenario.from_dict(SMALL).with_value("seeds.count = 3\nruns", 4), tellwave.UsageError, "key: found"),
        (lambda: tellwave.Scenario.from_dict(SMALL).with_value("", 4), tellwave.UsageError, "key: found"),
        (lambda: tellwave.Scenario.from_dict(SMALL, people=0), tellwave.UsageError, "people: found 0; .* 1 to 134217728"),
        (lambda: tellwave.Scenario.from_dict(SMALL, seed=-1), tellwave.UsageError, "seed: found -1"),
        (lambda: tellwave.Scenario.from_dict(SMALL, seed=2**63), tellwave.UsageError, "seed: found 9223372036854775808"),
        (lambda: tellwave.Scenario.from_dict(SMALL, runs="5"), tellwave.UsageError, "runs: found '5'"),
        (lambda: tellwave.Scenario.from_dict(SMALL, runs=True), tellwave.UsageError, "runs: found True"),
        (lambda: tellwave.Scenario.from_dict(SMALL).run(threads=0), tellwave.UsageError, "1 to 1024"),
        (lambda: tellwave.Scenario.from_dict(SMALL).run(progress=5), tellwave.UsageError, "progress: found 5"),
        (lambda: tellwave.Scenario.from_dict(SMALL).events(-1), tellwave.UsageError, "run: found -1"),
        (lambda: tellwave.Scenario.from_dict(SMALL).events(until=-1), tellwave.UsageError, "until: found -1"),
        (lambda: (lambda it: it.fork(it, 365))(tellwave.Scenario.from_dict(SMALL)), tellwave.UsageError, "day: .* 0 to 364"),
        (lambda: tellwave.Scenario.from_dict(SMALL).events(20), tellwave.UsageError, "0 to 19"),
        (lambda: tellwave.Scenario.from_dict(SMALL).events(0).to_csv(), tellwave.UsageError, "not as CSV"),
        (lambda: tellwave.Scenario.from_dict(SMALL).run().charts["reach"].svg("wall"), tellwave.UsageError, "slide"),
    ],
)
def test_what_cannot_be_is_said(wrong, kind, said):
    with pytest.raises(kind, match=said):
        wrong()


def test_numbers_of_numpy_and_paths_are_what_they_stand_for(tmp_path: Path):
    numpy = pytest.importorskip("numpy")
    (tmp_path / "ties.txt").write_text("0 1\n1 2\n2 3\n")
    keys = {"runs": numpy.int64(4), "conversion": {"persuasion": numpy.float64(0.25)}, "graph": {"edge_list": {"file": Path("ties.txt")}}}
    keys["seeds"] = {"count": 1}
    scenario = tellwave.Scenario.from_dict(keys, folder=tmp_path)
    values = {row["key"]: row["value"] for row in scenario.settings.to_pyarrow().to_pylist()}
    assert (scenario.runs, scenario.people, values["conversion.persuasion"]) == (4, 4, '"25 %"')


def test_none_is_as_if_the_key_were_not_there():
    assert tellwave.Scenario.from_dict(SMALL | {"horizon": None}).digest == tellwave.Scenario.from_dict(SMALL).digest


def test_another_value_is_laid_over_the_scenario_and_may_be_its_seed():
    scenario = tellwave.Scenario.from_dict(SMALL, people=300, name="mine.toml")
    other = scenario.with_value("seed", 77).with_value("runs", 4).with_value("graph.watts_strogatz.people", 200)
    other = other.with_value("policy.two_sided", {"advocate": "1.00 USD"})
    assert (other.seed, other.runs, other.people, other.name) == (77, 4, 200, "mine")
    values = {row["key"]: row["value"] for row in other.settings.to_pyarrow().to_pylist()}
    assert values["policy.two_sided.advocate"] == '"1.00 USD"' and values["policy.two_sided.friend"] == '"5.00 USD"'
    with pytest.raises(tellwave.ScenarioError) as raised:
        scenario.with_value("seeds.count", -1)
    assert [(it.line, it.key) for it in raised.value.mistakes] == [(None, "seeds.count")]


def test_a_scenario_travels_to_other_processes_and_is_the_same(tmp_path: Path):
    (tmp_path / "ties.txt").write_text("0 1\n1 2\n2 3\n")
    path = tmp_path / "ties.toml"
    path.write_text("runs = 3\ngraph.edge_list.file = 'ties.txt'\nseeds.count = 1\n[[variant]]\nname = 'two'\nseeds.count = 2\n")
    for scenario in (
        tellwave.Scenario.from_dict(SMALL, runs=3).with_value("seeds.count", 7),
        tellwave.Scenario.read(path, seed=5),
        tellwave.Scenario.read(path, variant="two"),
    ):
        again = pickle.loads(pickle.dumps(scenario))
        assert again == scenario and hash(again) == hash(scenario) and again is not scenario
        assert again.run().runs.to_pyarrow().equals(scenario.run().runs.to_pyarrow())
        assert again != scenario.with_value("seed", 6)
    assert copy.deepcopy(scenario) == scenario and scenario != 5


def test_a_loop_in_a_dictionary_ends():
    keys: dict = {}
    keys["seeds"] = keys
    with pytest.raises(TypeError, match="levels"):
        tellwave.Scenario.from_dict(keys)


def test_progress_is_told_and_ends_with_all():
    heard: list[tuple[int, int]] = []
    tellwave.Scenario.from_dict(SMALL).run(progress=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (20, 20)
    assert heard == sorted(heard)


def test_what_progress_raises_stops_the_playing_and_is_raised():
    scenario = tellwave.Scenario.from_dict(SMALL, runs=100_000)

    def enough(done: int, of: int) -> None:
        raise LookupError(f"{done} of {of}")

    with pytest.raises(LookupError, match="of 100000"):
        scenario.run(progress=enough)


def test_control_c_stops_it():
    # Whoever runs the tests in the background may have them ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    scenario = tellwave.Scenario.from_dict(SMALL, runs=150_000)
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            scenario.run()
    finally:
        signal.signal(signal.SIGINT, before)
    # Far longer than it takes to finish the runs that were begun, and far shorter than all of them take.
    assert time.monotonic() - began < 30


def test_other_threads_of_python_go_on_meanwhile():
    scenario = tellwave.Scenario.from_dict(SMALL, runs=3_000)
    counted, is_over = [0], threading.Event()

    def count() -> None:
        while not is_over.is_set():
            counted[0] += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    scenario.run(threads=1)
    is_over.set()
    other.join()
    assert counted[0] > 10


def test_a_chart_shows_itself():
    chart = tellwave.Scenario.from_dict(SMALL).run().charts["reach"]
    assert chart._repr_svg_().startswith("<svg") and chart.title in chart._repr_svg_()
    assert chart.png()[:4] == b"\x89PNG"
    assert len({chart.svg(size) for size in ("page", "slide", "column", "square")}) == 4


def test_variants_are_read_by_their_names(tmp_path: Path):
    path = tmp_path / "coffee.toml"
    path.write_text("runs = 5\n[[variant]]\nname = 'More'\nseeds.count = 7\n[[variant]]\nname = 'Less'\nseeds.count = 3\n")
    assert tellwave.Scenario.variants(path) == ["More", "Less"]
    assert tellwave.Scenario.read(path).name == "coffee"
    less = tellwave.Scenario.read(path, variant="Less")
    assert (less.name, less.runs) == ("Less", 5)
    assert less.run().summary.to_pandas().set_index("measure")["mean"]["customers_otherwise"] == 3
    with pytest.raises(tellwave.UsageError, match="allowed: More, Less"):
        tellwave.Scenario.read(path, variant="no such")


def test_everything_public_says_what_it_is():
    for name in tellwave.__all__:
        if name == "__version__":
            continue
        kind = getattr(tellwave, name)
        assert kind.__doc__, name
        for member in getattr(kind, "__dict__", ()):
            if not member.startswith("_") and callable(getattr(kind, member)):
                assert getattr(kind, member).__doc__ or issubclass(kind, Exception) or name == "Mistake", f"{name}.{member}"
