"""Sweeps in Python are those of the command, byte for byte."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import tellwave
from sweeps import files, small

TAKE_OFF = Path(__file__).resolve().parents[2] / "scenarios" / "sweeps" / "take-off.toml"

TEXT = """
name = "Reward"
base = "{base}"
runs = 5
metrics = ["customers", "profit"]
[[factor]]
key = "policy.two_sided.advocate"
values = ["1.00 USD", "5.00 USD", "9.00 USD"]
[[factor]]
key = "conversion.persuasion"
values = ["1 %", "4 %"]
[keep]
runs = true
curves = ["customers"]
logs = [0]
"""

BASE = """
name = "Base"
seed = 3
horizon = "60 days"
graph.watts_strogatz.people = 300
policy.two_sided = { advocate = "5.00 USD", friend = "5.00 USD" }
"""


@pytest.fixture
def sweep_file(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(BASE)
    path = tmp_path / "reward.toml"
    path.write_text(TEXT.format(base="base.toml"))
    return path


def test_a_folder_has_the_bytes_that_the_command_writes(command: str, sweep_file: Path, tmp_path: Path):
    subprocess.run([command, "sweep", "run", str(sweep_file), "--out", str(tmp_path / "theirs")], check=True, capture_output=True)
    results = tellwave.Sweep.read(sweep_file).run(tmp_path / "ours")
    assert files(tmp_path / "ours") == files(tmp_path / "theirs")
    assert results.table.to_csv() == (tmp_path / "theirs" / "results.csv").read_text()
    assert results.charts["heat-map"].svg() == (tmp_path / "theirs" / "heat-map.svg").read_text()
    for name, table in (("runs", results.runs), ("curves", results.curves)):
        written = pyarrow.parquet.read_table(tmp_path / "theirs" / f"{name}.parquet")
        assert pyarrow.table(table).to_pylist() == written.to_pylist()


def test_what_the_command_began_is_finished_here_and_the_other_way_round(command: str, sweep_file: Path, tmp_path: Path):
    whole = tmp_path / "whole"
    sweep = tellwave.Sweep.read(sweep_file)
    sweep.run(whole)
    subprocess.run([command, "sweep", "run", str(sweep_file), "--cells", "2,5", "--out", str(tmp_path / "a")], check=True, capture_output=True)
    assert tellwave.SweepResults.open(tmp_path / "a").finished == 2
    told = []
    tellwave.Sweep.of_folder(tmp_path / "a").run(tmp_path / "a", progress=lambda done, all: told.append((done, all)))
    assert told[0][0] > 2 and told[-1] == (6, 6), "two of six were there"
    part = sweep.run(tmp_path / "b", cells=[1, 3])
    assert (part.finished, part.total) == (2, 6)
    subprocess.run([command, "sweep", "resume", str(tmp_path / "b")], check=True, capture_output=True)
    assert files(tmp_path / "a") == files(tmp_path / "b") == files(whole)


def test_a_dictionary_and_a_scenario_are_the_same_sweep_as_files(sweep_file: Path, tmp_path: Path):
    base = tellwave.Scenario.read(tmp_path / "base.toml")
    text = TEXT.replace('base = "{base}"', "")
    given = tellwave.Sweep.from_toml(text, base=base)
    assert given.digest == tellwave.Sweep.read(sweep_file).digest
    assert (given.name, given.runs, given.seed, len(given)) == ("Reward", 5, 3, 6)
    assert (given.factors, given.metrics) == (["advocate", "persuasion"], ["customers", "profit"])
    cells = given.cells.to_pandas()
    assert list(cells.columns) == ["cell", "advocate", "persuasion"] and given.cells.units["advocate"] == "USD"
    assert cells.iloc[3].tolist() == [4, 5.0, 4.0]
    moved = base.with_value("conversion.persuasion", "2 %")
    sweep = tellwave.Sweep.from_toml(text.replace("conversion.persuasion", "conversion.invitation"), base=moved)
    scenario = sweep.scenario(1)
    assert 'persuasion = "2 %"' in scenario.resolved and 'advocate = "1.00 USD"' in scenario.resolved
    with pytest.raises(tellwave.ScenarioError, match="base"):
        tellwave.Sweep.from_toml(TEXT.format(base="base.toml"), base=base, folder=tmp_path)


def test_a_base_on_an_edge_list_is_found_again_whatever_was_laid_over_it(tmp_path: Path):
    (tmp_path / "ties.txt").write_text("".join(f"{a} {(a + step) % 60}\n" for a in range(60) for step in (1, 2, 7)))
    keys = {"runs": 3, "seeds": {"count": 2}, "graph": {"edge_list": {"file": "ties.txt"}}}
    base = tellwave.Scenario.from_dict(keys, folder=tmp_path).with_value("horizon", "90 days")
    factor = {"key": "conversion.persuasion", "values": ["5 %", "9 %"]}
    sweep = tellwave.Sweep.from_dict({"factor": [factor]}, base=base)
    results = sweep.run(tmp_path / "results")
    (tmp_path / "ties.txt").unlink()
    assert tellwave.Sweep.of_folder(tmp_path / "results").scenario(2).people == 60
    assert results.finished == 2


def test_levels_that_name_edge_lists_go_along_with_the_folder(tmp_path: Path):
    for name, step in (("ring", 1), ("wide", 5)):
        (tmp_path / f"{name}.txt").write_text("".join(f"{a} {(a + by) % 80}\n" for a in range(80) for by in (1, step + 1)))
    levels = [{"name": name, "graph": {"edge_list": {"file": f"{name}.txt"}}} for name in ("ring", "wide")]
    keys = {"runs": 3, "metrics": ["customers"], "keep": {"logs": [1]}, "factor": [{"name": "network", "level": levels}]}
    base = tellwave.Scenario.from_dict({"seeds": {"count": 2}, "graph": {"complete": {"people": 20}}})
    sweep = tellwave.Sweep.from_dict(keys, base=base, folder=tmp_path)
    with pytest.raises(tellwave.UsageError, match="cell: found 3; allowed: a whole number from 1 to 2"):
        sweep.scenario(3)
    sweep = tellwave.Sweep.from_dict(keys, base=tellwave.Scenario.from_dict(base_keys(), folder=tmp_path))
    whole = files(sweep.run(tmp_path / "whole").folder)
    sweep.run(tmp_path / "moved", cells=[1])
    (tmp_path / "ring.txt").unlink()
    (tmp_path / "wide.txt").unlink()
    tellwave.Sweep.of_folder(tmp_path / "moved").run(tmp_path / "moved")
    assert files(tmp_path / "moved") == whole
    copies = [name for name in whole if name.startswith("edge-list-")]
    assert len(copies) == 2
    (tmp_path / "moved" / copies[0]).write_text("0 1\n1 2\n")
    with pytest.raises(tellwave.ScenarioError, match="whose digest is"):
        tellwave.Sweep.of_folder(tmp_path / "moved")


def base_keys() -> dict[str, object]:
    return {"seeds": {"count": 2}, "graph": {"complete": {"people": 20}}}


@pytest.mark.parametrize(
    ("design", "columns"),
    [
        ({"sobol": {"rows": 8}}, ["factor", "first", "first_low", "first_high", "total", "total_low", "total_high"]),
        ({"morris": {"trajectories": 6}}, ["factor", "mean_size", "mean_size_low", "mean_size_high", "mean", "deviation"]),
        ({"latin_hypercube": {"points": 20}}, ["factor", "coefficient", "coefficient_low", "coefficient_high"]),
        ({"grid": {}}, ["factor", "share"]),
        ({"one_at_a_time": {}}, ["factor", "value", "difference", "difference_low", "difference_high"]),
    ],
)
def test_every_design_says_what_its_factors_do(design: dict, columns: list[str], tmp_path: Path):
    values = {"values": ["1 %", "5 %"]} if "grid" in design or "one_at_a_time" in design else {"from": "1 %", "to": "6 %"}
    factors = [{"key": key, **values} for key in ("conversion.persuasion", "seeds.share")]
    base = {"seed": 1, "horizon": "60 days", "graph": {"watts_strogatz": {"people": 300}}}
    keys = {"runs": 4, "design": design, "metrics": ["customers", "revenue"], "factor": factors}
    results = tellwave.Sweep.from_dict(keys, base=tellwave.Scenario.from_dict(base)).run(tmp_path / "results", report=False)
    told = results.sensitivity()
    assert told.column_names == columns
    assert all(told.meanings.values())
    named = told.to_pandas()["factor"].tolist()
    assert {"persuasion", "share"} <= set(named)
    assert len(results.sensitivity("revenue")) == len(named)
    assert not (tmp_path / "results" / "report.html").exists()
    with pytest.raises(tellwave.UsageError, match='did you mean "revenue"'):
        results.sensitivity("revenu")
    with pytest.raises(tellwave.UsageError, match="the sweep keeps customers, revenue"):
        results.charts_of("fame")
    assert results.charts and results.charts_of("revenue")


def test_the_sensitivity_of_a_shipped_sweep_is_that_of_its_chart(tmp_path: Path):
    results = small(24).run(tmp_path / "results")
    shares = results.sensitivity().to_pandas().set_index("factor")["share"]
    assert abs(shares.sum() - 1.0) < 1e-9
    drawn = results.charts["effects"].table.to_pandas().set_index("row")["share"]
    assert shares["persuasion"] == drawn["persuasion"]


def test_mistakes_of_a_sweep_file_are_those_of_the_command(command: str, tmp_path: Path):
    (tmp_path / "base.toml").write_text(BASE)
    path = tmp_path / "wrong.toml"
    path.write_text('base = "base.toml"\nrunz = 3\n[[factor]]\nkey = "conversion.persuasion"\nvalues = ["1 %", "nine"]\n')
    told = subprocess.run([command, "sweep", "plan", str(path)], capture_output=True, text=True)
    with pytest.raises(tellwave.ScenarioError) as raised:
        tellwave.Sweep.read(path)
    assert str(raised.value).strip() == told.stderr.strip()
    assert raised.value.mistakes[0].key == "runz" and raised.value.mistakes[0].line == 2
    with pytest.raises(tellwave.MissingError):
        tellwave.Sweep.read(tmp_path / "none.toml")


def test_a_cell_that_cannot_be_played_is_refused_before_the_first_one_is(tmp_path: Path):
    sweep = tellwave.Sweep.from_dict(
        {"factor": [{"key": "conversion.persuasion", "values": ["1 %", "700 %"]}]},
        base=tellwave.Scenario.from_dict({"graph": {"complete": {"people": 20}}}),
    )
    with pytest.raises(tellwave.ScenarioError, match="700 %"):
        sweep.run(tmp_path / "results")
    assert not (tmp_path / "results").exists()


def test_folders_of_others_are_refused_and_damage_is_told(tmp_path: Path):
    sweep = small()
    sweep.run(tmp_path / "ours")
    with pytest.raises(tellwave.UsageError, match="they differ in the factors, the cells; nothing was touched"):
        small(20).run(tmp_path / "ours")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear")
    with pytest.raises(tellwave.UsageError, match="dear.txt"):
        sweep.run(tmp_path / "letters")
    pack = next((tmp_path / "ours").glob("*.pack"))
    pack.write_bytes(pack.read_bytes()[:-1])
    with pytest.raises(tellwave.DamageError, match="is damaged or was changed"):
        tellwave.SweepResults.open(tmp_path / "ours")
    with pytest.raises(tellwave.DiskError):
        tellwave.SweepResults.open(tmp_path / "none")
    for wrong in ([0], [13], ["1"], [True]):
        with pytest.raises(tellwave.UsageError, match="cell: found"):
            sweep.run(tmp_path / "new", cells=wrong)


def test_a_folder_in_use_is_refused(tmp_path: Path):
    sweep, at_work, go_on = small(), threading.Event(), threading.Event()

    def hold(_done: int, _all: int) -> None:
        at_work.set()
        go_on.wait(20)

    first = threading.Thread(target=lambda: sweep.run(tmp_path / "results", progress=hold))
    first.start()
    assert at_work.wait(20)
    try:
        with pytest.raises(tellwave.UsageError, match="in use"):
            sweep.run(tmp_path / "results")
    finally:
        go_on.set()
        first.join()


SLOW = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, sys.argv[2])
from sweeps import small
small(400, runs=60, people=1500).run(sys.argv[1], progress=lambda done, all: print(done, flush=True))
"""


def test_ctrl_c_keeps_what_is_finished_and_the_same_call_goes_on(tmp_path: Path):
    played = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(tmp_path / "results"), str(Path(__file__).parent)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    played.stdout.readline()
    played.send_signal(signal.SIGINT)
    _, errors = played.communicate(timeout=30)
    assert played.returncode != 0 and "KeyboardInterrupt" in errors
    there = tellwave.SweepResults.open(tmp_path / "results")
    assert 0 < there.finished < 400
    again = tellwave.Sweep.of_folder(tmp_path / "results")
    assert again.run(tmp_path / "results", cells=range(1, 3)).finished >= there.finished


def test_a_plan_of_another_engine_is_not_gone_on_with(tmp_path: Path):
    small().run(tmp_path / "results", cells=[1])
    plan = json.loads((tmp_path / "results" / "plan.json").read_text())
    plan["results"] -= 1
    with pytest.raises(tellwave.UsageError, match="go on with that version, or begin again"):
        tellwave.Sweep._of_parcel(json.dumps(plan).encode(), tmp_path)
    with pytest.raises(tellwave.DamageError, match="no plan of a sweep"):
        tellwave.Sweep._of_parcel(b"{}", tmp_path)


def test_a_shipped_sweep_can_be_read():
    sweep = tellwave.Sweep.read(TAKE_OFF)
    assert sweep.question.startswith("How convincing") and repr(sweep).startswith('<tellwave.Sweep "Take-off"')


def test_a_key_that_two_factors_move_is_refused():
    base = tellwave.Scenario.from_dict(base_keys())
    first = {"name": "a", "key": "conversion.persuasion", "values": ["1 %", "2 %"]}
    for keys in (["conversion.persuasion"], ["horizon", "conversion.persuasion"], ["conversion"]):
        with pytest.raises(tellwave.ScenarioError, match="which the factor a moves too"):
            tellwave.Sweep.from_dict({"factor": [first, {"name": "b", "keys": keys, "values": ["1 %", "2 %"]}]}, base=base)
    levels = {"name": "b", "level": [{"name": "it", "conversion": {"persuasion": "3 %", "invitation": "4 %"}}]}
    with pytest.raises(tellwave.ScenarioError, match="conversion.persuasion, which the factor a moves too"):
        tellwave.Sweep.from_dict({"factor": [first, levels]}, base=base)
    # Others of the same table, and the names of levels, are no such keys.
    beside = {"name": "c", "level": [{"name": "it", "conversion": {"invitation": "5 %"}}, {"name": "none", "seeds": {"count": 3}}]}
    other = {"name": "d", "level": [{"name": "it", "horizon": "9 days"}]}
    tellwave.Sweep.from_dict({"factor": [first, beside, other]}, base=base).check()


def test_a_part_of_a_grid_says_nothing_of_its_factors(tmp_path: Path):
    results = small(12).run(tmp_path / "results", cells=[1, 2, 5])
    with pytest.raises(tellwave.UsageError, match="9 cells are missing, and the design rests on all of them"):
        results.sensitivity()


def test_every_cell_can_be_checked_before_any_is_played():
    small().check()
    levels = {"key": "conversion.persuasion", "values": ["1 %", "700 %"]}
    with pytest.raises(tellwave.ScenarioError, match="700 %"):
        tellwave.Sweep.from_dict({"factor": [levels]}, base=tellwave.Scenario.from_dict(base_keys())).check()


def test_sweeps_that_mean_the_same_are_equal_and_arrays_may_stand_for_lists():
    numpy = pytest.importorskip("numpy")
    base = tellwave.Scenario.from_dict(base_keys())
    by_hand, by_numpy = (
        tellwave.Sweep.from_dict({"factor": [{"key": "seeds.count", "values": values}]}, base=base)
        for values in ([1, 3, 5], numpy.arange(1, 6, 2))
    )
    assert by_hand == by_numpy and hash(by_hand) == hash(by_numpy) and by_hand != small()


def test_the_command_comes_with_the_package(command: str, tmp_path: Path):
    own = [sys.executable, "-m", "tellwave"]
    for words in (["--version"], ["sweep", "status", str(tmp_path)], ["presets"], ["nothing"]):
        ours, theirs = (subprocess.run([*program, *words], capture_output=True, text=True) for program in (own, [command]))
        assert (ours.returncode, ours.stdout, ours.stderr) == (theirs.returncode, theirs.stdout, theirs.stderr)


def test_a_notebook_shows_a_table_and_not_its_name():
    shown = small().cells._repr_html_()
    assert shown.startswith("<div>") and "persuasion" in shown
