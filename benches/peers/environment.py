"""The virtual environment of the peers: made once, and again only where the requirements have changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
FED_WITH = ("numpy",)
"""Needed by the comparison itself."""


@dataclass(frozen=True)
class Environment:
    """Where the peers are, and which are not."""

    python: Path
    missing: dict[str, str]
    """Packages that could not be installed, each with pip's last word."""

    def lacks(self, tool: str) -> str | None:
        """Why a tool cannot be used, if it cannot."""
        package = tool.split("-")[0]
        return self.missing.get({"python": "numpy"}.get(package, package))


def prepare(folder: Path) -> Environment:
    """Makes the environment, or takes the one that is there."""
    wanted = REQUIREMENTS.read_text()
    stamp = folder / "stamp.json"
    python = folder / "bin" / "python"
    if stamp.is_file():
        made = json.loads(stamp.read_text())
        # What was missing is tried again.
        if made == {"requirements": wanted, "python": sys.version}:
            return Environment(python, {})
    shutil.rmtree(folder, ignore_errors=True)
    print(f"installing the peers into {folder}", file=sys.stderr, flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{folder} cannot be made ({error}): is there a python3 with venv and pip?") from error
    missing = install(python)
    for package in FED_WITH:
        if package in missing:
            raise SystemExit(f"{package} cannot be installed, and nothing works without it: {missing[package]}")
    if not missing:
        stamp.write_text(json.dumps({"requirements": wanted, "python": sys.version}))
    return Environment(python, missing)


def install(python: Path) -> dict[str, str]:
    """All at once; where that fails each by itself, so that one does not take the others along."""
    if pip(python, "-r", str(REQUIREMENTS)) is None:
        return {}
    lines = [line for line in REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    failures = {line.split("==")[0].lower(): pip(python, line) for line in lines}
    return {package: reason for package, reason in failures.items() if reason is not None}


def pip(python: Path, *what: str) -> str | None:
    """Installs; says why not, if it cannot."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"pip ended with code {done.returncode}"
