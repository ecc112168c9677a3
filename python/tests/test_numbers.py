"""Every number and every picture is the command's, byte for byte."""

from __future__ import annotations

import json
import subprocess

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import tellwave


@pytest.mark.parametrize("name", ["two-sided", "complaints", "tiers", "word-against-paid"])
def test_tables_and_charts_are_those_of_the_command(name, scenarios, played):
    path = scenarios / f"{name}.toml"
    if not path.exists():
        pytest.fail(f"{path} is gone")
    folder = played("run", path, "--runs", 12)
    outcome = tellwave.Scenario.read(path, runs=12).run()
    assert outcome.curves.to_csv() == (folder / "curves.csv").read_text()
    assert outcome.ledger.to_csv() == (folder / "ledger.csv").read_text()
    assert outcome.runs.to_pyarrow().equals(parquet.read_table(folder / "runs.parquet"))
    charts = json.loads((folder / "charts.json").read_text())
    assert len(outcome.charts) > 5
    for chart in outcome.charts.values():
        assert chart.svg() == (folder / f"{chart.name}.svg").read_text()
        assert chart.png() == (folder / f"{chart.name}.png").read_bytes()
        assert chart.table.to_csv() == (folder / f"{chart.name}.csv").read_text()
        assert chart.name in json.dumps(charts)


def test_the_summary_is_what_the_command_prints_for_programs(command, scenarios, tmp_path):
    path = scenarios / "two-sided.toml"
    words = [command, "run", path, "--runs", "9", "--out", tmp_path / "out", "--json", "--quiet"]
    printed = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    outcome = tellwave.Scenario.read(path, runs=9).run()

    def told(table):
        return {
            row["measure"]: {
                "unit": row["unit"],
                "mean": row["mean"],
                "standard_error": row["standard_error"],
                "interval_95": [row["low"], row["high"]],
                "median": row["median"],
                "p05": row["p05"],
                "p95": row["p95"],
            }
            for row in table.to_pyarrow().to_pylist()
        }

    assert told(outcome.summary) == printed["measures"]
    assert told(outcome.programme) == printed["programme"]["measures"]
    assert outcome.payback_day == printed["programme"]["payback_day"]
    for row in outcome.ratios.to_pyarrow().to_pylist():
        known = printed["programme"]["ratios"][row["measure"]]
        assert (row["unit"], row["denominator"]) == (known["unit"], known["denominator"])
        if known["value"] is not None:
            assert row["value"] == known["value"]
            assert [row["low"], row["high"]] == known["interval_95"]


def test_events_are_those_of_the_log(scenarios, played):
    path = scenarios / "two-sided.toml"
    folder = played("run", path, "--runs", 3, "--log", "2")
    events = tellwave.Scenario.read(path, runs=3).events(2)
    log = parquet.read_table(folder / "events-run-000002.parquet")
    assert events.to_pyarrow().schema.names == log.schema.names
    assert events.to_pyarrow().to_pylist() == log.to_pylist()


def test_threads_change_nothing(scenarios):
    scenario = tellwave.Scenario.read(scenarios / "two-sided.toml", runs=10)
    one, two, three = (scenario.run(threads=number) for number in (1, 2, 3))
    assert one.curves.to_csv() == two.curves.to_csv() == three.curves.to_csv()
    assert one.runs.to_pyarrow().equals(three.runs.to_pyarrow())


def test_a_run_told_up_to_its_end_comes_to_what_the_table_says(scenarios):
    scenario = tellwave.Scenario.read(scenarios / "two-sided.toml", runs=4)
    runs = scenario.run().runs.to_pyarrow()
    for row in scenario.replay(3).to_pyarrow().to_pylist():
        assert row["value"] == float(runs[row["measure"]][3].as_py()), row["measure"]


def test_a_run_told_up_to_a_day_is_the_curve_of_that_day():
    scenario = tellwave.Scenario.from_dict(
        {"runs": 1, "graph": {"complete": {"people": 300}}, "seeds": {"count": 5}, "conversion": {"persuasion": "9 %"}}
    )
    curves = scenario.run().curves.to_pyarrow()
    for day in (0, 7, 40):
        told = {row["measure"]: row["value"] for row in scenario.replay(0, until=day).to_pyarrow().to_pylist()}
        assert told["customers"] == curves["customers_mean"][day].as_py()
        assert scenario.events(0, until=day).num_rows <= scenario.events(0).num_rows


def test_a_fork_is_that_of_the_command(scenarios, played, command, tmp_path):
    base = scenarios / "two-sided.toml"
    folder = played("run", base, "--runs", 6)
    scenario = tellwave.Scenario.read(base, runs=6)
    terms = scenario.with_value("policy.two_sided.advocate", "1.00 USD")
    other = tmp_path / "terms.toml"
    other.write_text(terms.resolved)
    out = tmp_path / "fork"
    subprocess.run(
        [command, "fork", folder, "--all", "--at", "30", "--with", other, "--out", out, "--quiet"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    forked = scenario.fork(terms, 30)
    assert forked.runs.to_pyarrow().equals(parquet.read_table(out / "runs.parquet"))
    assert "fork" in forked.charts
    assert forked.difference.num_rows > 10


def test_arrow_hands_over_without_a_copy_and_says_units(scenarios):
    outcome = tellwave.Scenario.read(scenarios / "two-sided.toml", runs=3).run()
    table = outcome.runs
    assert table.units["revenue"] == "USD" and table.units["reach"] == "people"
    assert "bought at least once" in table.meanings["customers"]
    first, second = pa.table(table), pa.table(table)
    address = [it["reach"].chunk(0).buffers()[1].address for it in (first, second)]
    assert address[0] == address[1], "both look at the same memory"
    del outcome, table
    assert sum(first["reach"].to_pylist()) == sum(second["reach"].to_pylist()) > 0


def test_other_readers_of_arrow_read_the_same(scenarios):
    duckdb, pandas, polars = (pytest.importorskip(name) for name in ("duckdb", "pandas", "polars"))
    curves = tellwave.Scenario.read(scenarios / "two-sided.toml", runs=3).run().curves
    expected = curves.to_pyarrow()["reach_mean"].to_pylist()
    assert polars.DataFrame(curves)["reach_mean"].to_list() == expected
    assert curves.to_polars().height == curves.num_rows == len(curves)
    assert isinstance(curves.to_pandas(), pandas.DataFrame)
    arrow = curves.to_pyarrow()  # noqa: F841 (DuckDB finds it by its name)
    assert [row[0] for row in duckdb.sql("select reach_mean from arrow").fetchall()] == expected
