"""The command, and scenarios that come with it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def command() -> str:
    """The command that the numbers are held against: TELLWAVE, or what was built in this checkout."""
    built = [ROOT / "target" / profile / "tellwave" for profile in ("release", "debug")]
    found = os.environ.get("TELLWAVE") or next((str(path) for path in built if path.exists()), None) or shutil.which("tellwave")
    if not found:
        pytest.skip("there is no tellwave command: cargo build --release, or TELLWAVE=PATH")
    return found


@pytest.fixture(scope="session")
def scenarios() -> Path:
    return ROOT / "scenarios"


@pytest.fixture
def played(command: str, tmp_path: Path):
    """Runs the command and returns the folder of its results."""

    def play(*words: object) -> Path:
        out = tmp_path / "results"
        subprocess.run([command, *map(str, words), "--out", str(out), "--quiet"], check=True, stdout=subprocess.DEVNULL)
        return out

    return play
