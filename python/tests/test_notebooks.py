"""The notebooks run from top to bottom, and come to what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="there is no nbformat: pip install './python[notebooks]'")
nbclient = pytest.importorskip("nbclient", reason="there is no nbclient: pip install './python[notebooks]'")

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path: Path, tmp_path: Path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code), "what is shown comes of running it"
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output for cell in code for output in cell.outputs]
    assert not [output for output in shown if output.get("name") == "stderr"], "a reader is warned of nothing"
    drawn = [output for output in shown if "image/svg+xml" in output.get("data", {})]
    assert len(drawn) >= 2, "charts show themselves"
    assert "False" not in [output.get("data", {}).get("text/plain") for output in shown], "what is held against each other is the same"
