"""Verdicts and tables."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from batches import Measured, standard_errors_apart
from cases import Cascade, Case, Growth, Reading, Telling

LIMIT = 4.0
"""Standard errors by which two means may differ: exceeded once in 16,000 comparisons of tools that are right."""
TIES_APART = 0.01
"""Share by which the ties of two grown or read graphs may differ: generators differ in how they begin."""

HEADINGS: dict[type[Case], tuple[str, str, str]] = {
    Cascade: ("Independent cascades", "reach", "a replicate"),
    Telling: ("Event-driven telling", "customers", "a replicate"),
    Growth: ("Growing graphs", "ties", "a graph"),
    Reading: ("Reading an edge list", "ties", "a list"),
}


@dataclass
class Row:
    """A tool on a case: what was measured by number of threads, or why nothing was."""

    tool: str
    measured: dict[int, Measured] = field(default_factory=dict)
    missing: str | None = None
    """It could not be installed, or did not work."""
    wrong: str | None = None
    """It does not agree."""


@dataclass
class Result:
    """A case: Tellwave first, then its peers."""

    case: Case
    rows: list[Row]

    def judge(self) -> None:
        """Marks who does not agree with Tellwave; Tellwave itself, if most of its peers do not."""
        ours, *peers = self.rows
        reference = ours.measured[1]
        for row in self.rows:
            for measured in row.measured.values():
                row.wrong = row.wrong or self.apart(measured, reference)
        heard = [row for row in peers if row.measured]
        if sum(row.wrong is not None for row in heard) * 2 > len(heard) > 1:
            ours.wrong = "most of its peers do not agree with it"
            for row in heard:
                row.wrong = None if row.wrong else "agrees with Tellwave, but not with most"

    def apart(self, measured: Measured, reference: Measured) -> str | None:
        """How far two means are apart, if too far."""
        if isinstance(self.case, Growth | Reading):
            share = abs(measured.mean / reference.mean - 1)
            return f"{share:.1%} from Tellwave" if share > TIES_APART else None
        errors = standard_errors_apart(measured, reference)
        return f"{errors:.1f} standard errors from Tellwave" if errors > LIMIT else None

    def cells(self, row: Row, threads: Sequence[int]) -> list[str]:
        """A line of the table."""
        head = [self.case.name, row.tool]
        if row.missing is not None:
            return [*head, "", "", *(["missing"] * 2 * len(threads))]
        one = row.measured[1]
        error = one.standard_error if isinstance(self.case, Cascade | Telling) else None
        head += [number(one.mean) + (f" ± {spread(error)}" if error else ""), f"{one.replicates:,}"]
        if row.wrong is not None:
            return [*head, *([f"**wrong**: {row.wrong}", ""] * len(threads))]
        ours = self.rows[0]
        for count in threads:
            if count not in row.measured:
                head += ["", ""]
                continue
            seconds = row.measured[count].seconds
            comparable = ours.wrong is None and count in ours.measured
            head += [duration(seconds), f"{seconds / ours.measured[count].seconds:.3g}" if comparable else ""]
        return head


def tables(results: Sequence[Result], threads: Sequence[int]) -> str:
    """All results as Markdown, a table for each kind of case."""
    parts = [f"{today()}, {machine()}"]
    for kind, (heading, what, unit) in HEADINGS.items():
        of_kind = [result for result in results if isinstance(result.case, kind)]
        if not of_kind:
            continue
        head = ["case", "tool", what, "times"]
        for count in threads:
            named = "one thread" if count == 1 else f"{count} threads"
            head += [f"{named}, {unit}", "÷ Tellwave"]
        lines = [f"{heading}:", "", line(head), line(["---"] * len(head))]
        lines += [line(result.cells(row, threads)) for result in of_kind for row in result.rows]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def line(cells: Sequence[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def number(value: float) -> str:
    """A mean, to a digit after the point where it is small."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.1f}"


def spread(error: float) -> str:
    """A standard error, to two digits at least."""
    return f"{error:,.0f}" if error >= 10 else f"{error:.2g}"


def duration(seconds: float) -> str:
    """Three digits, in the unit that fits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def today() -> str:
    """As the other tables have it."""
    date = datetime.datetime.now(datetime.UTC)
    return f"{date.day} {date:%B %Y}"


def machine() -> str:
    """Processor and cores, as far as the system says."""
    model = "an unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [text.split(": ")[1] for text in cpuinfo.read_text().splitlines() if text.startswith("model name")]
        model = names[0] if names else model
    return f"{cores()} cores of {model}"


def cores() -> int:
    """How many may be used."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def write_between_marks(page: Path, section: str, text: str) -> None:
    """Puts a text between the marks of a section."""
    whole = page.read_text(encoding="utf-8")
    opening, closing = f"<!-- {section} -->\n", f"<!-- end of {section} -->"
    before, found, rest = whole.partition(opening)
    _, ended, after = rest.partition(closing)
    if not found or not ended:
        raise SystemExit(f"{page} has no {opening.strip()} … {closing}: put them where the table belongs")
    page.write_text(before + opening + text + closing + after, encoding="utf-8")
