"""What was measured, as a table to read and as JSON to compare."""

import json
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import Figures, ratio

RESULTS = Path(__file__).parent / "results"


@dataclass(slots=True)
class Finding:
    """One claim as measured: a ratio (or a figure) and its target; `most` tells which side of it is good."""

    claim: str
    size: int
    concurrency: int
    value: float
    target: float
    unit: str = "×"
    most: bool = True
    figures: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        return self.value <= self.target if self.most else self.value >= self.target


def compared(claim: str, size: int, figures: Sequence[Figures], ours: str, theirs: str, target: float) -> Finding:
    """The processor time of ours against theirs, in the same turns."""
    told = [f.told() for f in figures if f.name in (ours, theirs)]
    return Finding(claim, size, figures[0].concurrency, round(ratio(figures, ours, theirs), 3), target, figures=told)


def line(finding: Finding) -> str:
    """One row of the table."""
    sign = "≤" if finding.most else "≥"
    mark = "met" if finding.is_met else "MISSED"
    told = "; ".join(
        f"{f['name']} {f['serverMs']} + {f['databaseMs']} ms, median {f['medianMs']}, p99 {f['p99Ms']}"
        for f in finding.figures
    )
    return (
        f"| {finding.claim} | {finding.size} | {finding.concurrency} | {finding.value} {finding.unit}"
        f" | {sign} {finding.target} | {mark} | {told} |"
    )


HEADING = (
    "| claim | communes | at once | measured | target | | CPU of server + PostgreSQL per request, latency in ms |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def write(findings: Sequence[Finding], notes: Sequence[str]) -> Path:
    """`results/<date>-<commit>.json` and `.md`; answers the latter."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    name = f"{datetime.now(UTC):%Y-%m-%d-%H%M}-{commit.stdout.strip() or 'uncommitted'}"
    machine = f"{platform.machine()}, {_cores()} cores, Python {platform.python_version()}"
    RESULTS.mkdir(exist_ok=True)
    whole = {"machine": machine, "notes": list(notes), "findings": [asdict(f) for f in findings]}
    (RESULTS / f"{name}.json").write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = "\n".join([f"# {name}", "", machine, "", HEADING, *map(line, findings), "", *(f"- {n}" for n in notes), ""])
    path = RESULTS / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return path


def _cores() -> int:
    import os

    return os.cpu_count() or 0
