"""Sweeps that are small, and how folders of them are held against each other."""

from __future__ import annotations

from pathlib import Path

import tellwave

BASE = {"seed": 3, "horizon": "60 days", "graph": {"watts_strogatz": {"people": 300}}, "seeds": {"count": 10}}


def small(cells: int = 12, runs: int = 4, people: int = 300, **more: object) -> tellwave.Sweep:
    """So many cells that differ in how convincing a word is, on two graphs."""
    base = BASE | {"graph": {"watts_strogatz": {"people": people}}}
    rewiring = [{"name": share, "graph": {"watts_strogatz": {"rewiring": share}}} for share in ("0 %", "10 %")]
    keys = {
        "name": "Small",
        "runs": runs,
        "metrics": ["customers", "revenue"],
        "factor": [
            {"name": "persuasion", "key": "conversion.persuasion", "from": "1 %", "to": "5 %", "steps": cells // 2},
            {"name": "rewiring", "level": rewiring},
        ],
    }
    return tellwave.Sweep.from_dict(keys | more, base=tellwave.Scenario.from_dict(base, name="small-base.toml"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}
