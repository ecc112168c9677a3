"""A comparison is that of the command, byte for byte, and says what it cannot do."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import threading
import time

import pyarrow.parquet as parquet
import pytest
import tellwave

SMALL = {
    "runs": 8,
    "graph": {"watts_strogatz": {"people": 500}},
    "seeds": {"count": 10},
    "policy": {"two_sided": {"advocate": "5.00 USD", "friend": "5.00 USD"}},
}


@pytest.fixture(scope="module")
def two() -> tellwave.Comparison:
    coffee = tellwave.Scenario.from_dict(SMALL, name="coffee.toml")
    dear = coffee.with_value("policy.two_sided.advocate", "50.00 USD")
    return tellwave.compare({"as it is": coffee, "dear": dear}, baseline="none")


def rows(table: tellwave.Table) -> list[dict]:
    return table.to_pyarrow().to_pylist()


@pytest.mark.parametrize(
    ("files", "words", "arguments"),
    [
        (["two-sided", "one-sided"], ["--baseline", "none", "--runs", 2], {"baseline": "none", "runs": 2}),
        (["complaints", "two-sided", "affiliate"], ["--by", "customers", "--baseline", "{1}", "--seed", 9, "--runs", 10, "--no-what-if"], {"by": "customers", "baseline": 1, "seed": 9, "runs": 10, "what_if": False}),
        (["affiliate", "two-sided"], ["--equal-budget", "least", "--runs", 12, "--no-what-if"], {"equal_budget": "least", "runs": 12, "what_if": False}),
    ],
)
def test_files_and_charts_are_those_of_the_command(files, words, arguments, scenarios, played):
    paths = [scenarios / f"{name}.toml" for name in files]
    words = [str(word).replace("{1}", str(paths[1])) for word in words]
    folder = played("compare", *paths, *words)
    compared = tellwave.compare([tellwave.Scenario.read(path) for path in paths], **arguments)
    assert compared.to_json() == (folder / "summary.json").read_text()
    assert compared.curves.to_csv() == (folder / "curves.csv").read_text()
    assert compared.runs_table.to_pyarrow().equals(parquet.read_table(folder / "runs.parquet"))
    drawn = {path.stem for path in folder.glob("*.svg")}
    assert set(compared.charts) == drawn and len(drawn) > 5
    for chart in compared.charts.values():
        assert chart.svg() == (folder / f"{chart.name}.svg").read_text()
        assert chart.table.to_csv() == (folder / f"{chart.name}.csv").read_text()
    assert compared.html() == (folder / "report.html").read_text()


def test_what_is_printed_is_what_the_command_prints(command, scenarios):
    paths = [scenarios / "two-sided.toml", scenarios / "one-sided.toml"]
    words = [command, "compare", *paths, "--runs", "9", "--precision", "40 %", "--most-runs", "15", "--no-report", "--quiet"]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    read = [tellwave.Scenario.read(path, runs=9) for path in paths]
    compared = tellwave.compare(read, precision=0.4, most_runs=15, what_if=False)
    assert str(compared) == printed.strip("\n")
    assert compared.runs == 15
    assert str(tellwave.compare(read, precision="40 %", most_runs=15, what_if=False)) == str(compared)


def test_tables_hold_the_numbers_of_the_json(two):
    told = json.loads(two.to_json())
    of = {it["name"]: it for it in told["scenarios"]}
    assert two.names == [it["name"] for it in told["scenarios"]] == ["No programme", "as it is", "dear"]
    assert (two.baseline, two.runs, two.notes) == (0, told["runs"], told["notes"])
    assert [row["name"] for row in rows(two.ranking)] == told["ranking"]
    for row in rows(two.ranking):
        profit, less = (of[row["name"]][which]["profit"] for which in ("measures", "less_baseline"))
        assert (row["mean"], [row["low"], row["high"]]) == (profit["mean"], profit["interval_95"])
        assert row["difference"] == less["mean"] and row["p_better"] == less["p_better"]
        assert [row["difference_low"], row["difference_high"]] == (less["interval_95"] or [0.0, 0.0])
    for table, key, names in [(two.summary, "measures", two.names), (two.differences, "less_baseline", two.names[1:])]:
        found = rows(table)
        assert {row["name"] for row in found} == set(names)
        for row in found:
            known = of[row["name"]][key][row["measure"]]
            assert (row["mean"], row["unit"], row["median"]) == (known["mean"], known["unit"], known["median"])
            assert all(row[name] == known[name] for name in ("runs_more", "runs_equal", "runs_less", "p_better") if name in row)
    for row in rows(two.programmes):
        known = of[row["name"]]["programme"]["measures"][row["measure"]]
        assert (row["mean"], [row["low"], row["high"]]) == (known["mean"], known["interval_95"])
    for row in rows(two.ratios):
        known = of[row["name"]]["programme"]["ratios"][row["measure"]]
        assert known["value"] is None and math.isnan(row["value"]) or row["value"] == known["value"]
    for row, known in zip(rows(two.pairs), told["pairs"], strict=True):
        assert (row["better"], row["worse"], row["p_holm"]) == (known["better"], known["worse"], known["p_holm"])
        assert row["difference"] == known["difference"]["mean"]


def test_assumptions_and_sizes_of_rewards_are_told(two):
    told = json.loads(two.to_json())["what_if"]
    found = rows(two.what_if)
    assert [row["assumption"] for row in found] == [it["key"] for it in told["assumptions"]]
    for row, known in zip(found, told["assumptions"], strict=True):
        assert (row["now"], [row["low"], row["high"]]) == (known["now"], known["range"])
        assert row["at_low"] == known["at_low"]["mean"] and [row["at_high_low"], row["at_high_high"]] == known["at_high"]["interval_95"]
        assert row["flips_at"] == known["flips_at"] or math.isnan(row["flips_at"]) and known["flips_at"] is None
    assert told["first"] in two.what_if.meanings["at_low"] and two.what_if.units["at_low"] == "USD"
    sizes = rows(two.reward_sizes)
    assert {row["name"] for row in sizes} == {"as it is", "dear"}
    added = {(row["name"], row["measure"]): row["mean"] for row in rows(two.programmes)}
    for row in sizes:
        if row["factor"] == 1.0:
            assert row["added"] == added[row["name"], "incremental_profit"]
        if row["factor"] == 0.0:
            assert row["added"] == 0.0


def test_every_column_says_what_it_is(two):
    tables = [two.ranking, two.pairs, two.summary, two.differences, two.programmes, two.ratios, two.what_if, two.reward_sizes]
    for table in tables:
        assert all(table.meanings.values()), table
    assert two.ranking.units["difference"] == "USD" and two.ranking.units["p_better"] == ""


def test_scenarios_of_one_name_can_be_told_apart():
    coffee = tellwave.Scenario.from_dict(SMALL, name="coffee.toml")
    other = coffee.with_value("policy.two_sided.advocate", "1.00 USD")
    compared = tellwave.compare([coffee, other], what_if=False)
    assert compared.names == ["coffee", "coffee 2"] and compared.baseline == 0
    assert tellwave.compare([coffee, other], baseline=1, what_if=False).baseline == 1
    assert repr(compared) == "<tellwave.Comparison of coffee, coffee 2: 8 runs each>"


def test_what_was_not_asked_is_none():
    coffee = tellwave.Scenario.from_dict(SMALL, name="coffee.toml")
    plain = tellwave.Scenario.from_dict({key: value for key, value in SMALL.items() if key != "policy"}, name="plain.toml")
    compared = tellwave.compare([plain, coffee], what_if=False)
    assert compared.what_if is None and compared.reward_sizes is None and compared.programmes is not None
    alone = tellwave.compare([plain, plain.with_value("seeds.count", 20)], runs=2)
    assert alone.programmes is None and alone.ratios is None and alone.reward_sizes is None
    assert "seeds.count" in alone.notes[0]


def coffee(**values) -> tellwave.Scenario:
    return tellwave.Scenario.from_dict(SMALL | values, name="coffee.toml")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: tellwave.compare([coffee()]), 'one alone; give a second one, or baseline="none"'),
        (lambda: tellwave.compare([]), r"scenarios: found \[\]; allowed: a list of scenarios"),
        (lambda: tellwave.compare({}), "scenarios: found {}; allowed"),
        (lambda: tellwave.compare(5), "scenarios: found 5; allowed"),
        (lambda: tellwave.compare(["a.toml", "b.toml"]), "scenarios: found 'a.toml'; allowed"),
        (lambda: tellwave.compare({1: coffee()}), "scenarios: found 1; allowed"),
        (lambda: tellwave.compare([coffee(), coffee()], by="profits"), "by: found \"profits\"; did you mean profit\\?"),
        (lambda: (lambda it: tellwave.compare([it, it]))(coffee()), "place 1 is given twice"),
        (lambda: tellwave.compare({"a": coffee(), "b": coffee()}, baseline="c"), 'baseline: found "c"; .*or a name: a, b'),
        (lambda: tellwave.compare({"apple": coffee(), "b": coffee()}, baseline="aple"), 'did you mean "apple"'),
        (lambda: tellwave.compare([coffee(), coffee()], baseline=2), "baseline: found 2; .* 0 to 1"),
        (lambda: tellwave.compare([coffee(policy=None)], baseline="none"), "^baseline none: coffee has no programme"),
        (lambda: tellwave.compare([coffee(), coffee(horizon="3 weeks")]), "^coffee 2: horizon: found .*as in coffee\nScenarios are compared in one market"),
        (lambda: tellwave.compare([coffee(), coffee()], equal_budget="5"), '^equal_budget 5: found the text "5"; allowed'),
        (lambda: tellwave.compare([coffee(policy=None), coffee(policy=None)], equal_budget="least"), "^equal_budget: none of"),
        (lambda: tellwave.compare([coffee(), coffee()], precision=1), 'precision: found 1; write "1 %" or "100 %"'),
        (lambda: tellwave.compare([coffee(), coffee()], precision=0.0), "precision: found 0.0; allowed: a share above 0"),
        (lambda: tellwave.compare([coffee(), coffee()], precision=True), "precision: found True; allowed: a share"),
        (lambda: tellwave.compare([coffee(), coffee()], precision=0.1, by="purchases_refunded"), "^precision is a share of the mean"),
        (lambda: tellwave.compare([coffee(), coffee()], precision_of="means"), "precision_of: found \"means\"; allowed: difference, mean"),
        (lambda: tellwave.compare([coffee(), coffee()], runs=0), "runs: found 0; .* 1 to 10000000"),
        (lambda: tellwave.compare([coffee(), coffee()], most_runs=-1), "most_runs: found -1"),
        (lambda: tellwave.compare([coffee(), coffee()], seed=-1), "seed: found -1"),
        (lambda: tellwave.compare([coffee(), coffee()], threads=0), "threads: found 0"),
    ],
)
def test_what_cannot_be_compared_is_said_with_the_argument(wrong, said):
    with pytest.raises(tellwave.UsageError, match=said):
        wrong()


def test_threads_change_nothing():
    both = {"a": coffee(), "b": coffee(policy={"two_sided": {"advocate": "1.00 USD"}})}
    one, three = (tellwave.compare(both, threads=number) for number in (1, 3))
    assert one.to_json() == three.to_json() and one.curves.to_csv() == three.curves.to_csv()


def test_progress_is_told_and_ends_with_all():
    heard: list[tuple[int, int]] = []
    tellwave.compare([coffee(), coffee()], progress=lambda done, of: heard.append((done, of)))
    assert heard == sorted(heard) and heard[-1][0] == heard[-1][1] > 16
    # More is asked of the runs once they are over.
    tellwave.compare([coffee(), coffee()], what_if=False, progress=lambda done, of: heard.append((done, of)))
    assert heard[-1] == (16, 16)


@pytest.mark.parametrize("runs", [150_000, 500])
def test_control_c_stops_it_wherever_it_is(runs):
    # Whoever runs the tests in the background may have them ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    told = threading.Event()

    def stop() -> None:
        told.wait()
        os.kill(os.getpid(), signal.SIGINT)

    def is_there(done: int, of: int) -> None:
        # With few runs, once what is asked of them has begun.
        if runs > 1_000 or of > 2 * runs:
            told.set()

    threading.Thread(target=stop, daemon=True).start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            tellwave.compare([coffee(), coffee()], runs=runs, progress=is_there)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - began < 30
