"""Every piece of Python in docs/python.md runs, one after the other, from the root of the checkout."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
import tellwave

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    page = (ROOT / "docs" / "python.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) >= 6
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    names: dict = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
        for code, said in re.findall(r"^(\S.*?)\s+# '(.*)'$", block, re.MULTILINE):
            assert eval(code, names) == said, code
    assert all((tmp_path / name).read_text(encoding="utf-8").startswith("<svg") for name in ("reach.svg", "why.svg"))
    printed = capsys.readouterr().out
    assert "Profit: " in printed and "Sale 40 of " in printed
    assert "1 runs a number 0" in printed and "did you mean `horizon`?" in printed
    assert len(re.findall(r"^\d\.\d\d EUR ", printed, re.MULTILINE)) == 3


def test_every_member_of_a_result_is_on_the_page():
    page = (ROOT / "docs" / "python.md").read_text()
    kinds = (tellwave.Outcome, tellwave.Comparison, tellwave.Explanation, tellwave.Sweep, tellwave.SweepResults)
    members = {name for kind in kinds for name in vars(kind) if not name.startswith("_")}
    missing = {name for name in members if f"`{name}`" not in page and f"{name}(" not in page}
    assert missing <= {"stopped_runs", "difference"}, missing


@pytest.mark.parametrize("page", ["python", "cluster"])
def test_what_is_not_run_can_be_read_and_asks_for_what_there_is(page: str):
    blocks = re.findall(r"```py\n(.*?)```", (ROOT / "docs" / f"{page}.md").read_text(), re.DOTALL)
    assert blocks
    for block in blocks:
        tree = ast.parse(block.replace("…", "..."))
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "run_sweep"]:
            taken = inspect.signature(pytest.importorskip("tellwave.dask").run_sweep).parameters
            assert {keyword.arg for keyword in call.keywords} <= taken.keys()
