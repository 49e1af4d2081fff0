"""Results as a table for people and as JSON for machines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paired import Measurement


@dataclass(frozen=True)
class Row:
    """A measurement, and what it is held against."""

    what: str
    measurement: Measurement
    against: Measurement
    against_name: str

    @property
    def ratio(self) -> float:
        """How many times as long as the other."""
        return self.measurement.ratio(self.against)


def print_table(title: str, rows: Sequence[Row]) -> None:
    """One table with seconds, the ratio and the peak memory."""
    print(f"\n{title}\n")
    print(f"| {'what':<58} | {'seconds':>9} | {'ratio':>6} | {'to':<15} | {'MiB':>6} |")
    print(f"|{'-' * 60}|{'-' * 11}|{'-' * 8}|{'-' * 17}|{'-' * 8}|")
    for row in rows:
        seconds, peak = row.measurement.median, row.measurement.peak_mib
        print(
            f"| {row.what:<58} | {seconds:>9.3f} | {row.ratio:>6.2f} | {row.against_name:<15} | {peak:>6.0f} |",
            flush=True,
        )


def write_json(path: Path, tables: dict[str, Sequence[Row]]) -> None:
    """All tables, with the seconds of every round."""
    document = {
        title: [
            {
                "what": row.what,
                "seconds": list(row.measurement.seconds),
                "median": row.measurement.median,
                "ratio": row.ratio,
                "to": row.against_name,
                "peak_mib": row.measurement.peak_mib,
            }
            for row in rows
        ]
        for title, rows in tables.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
