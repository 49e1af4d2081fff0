"""Whole processes timed side by side: each round runs every command once, so that a busy machine slows all alike."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A command line with the place and the environment it runs in. Its output goes to nowhere.

    `files` are written before each round, because the command changes them.
    """

    name: str
    arguments: Sequence[str]
    directory: Path | None = None
    environment: Mapping[str, str] | None = None
    expected: tuple[int, ...] = (0,)
    files: Mapping[Path, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measurement:
    """Seconds of each round and the peak memory in MiB of the command's largest process."""

    name: str
    seconds: tuple[float, ...]
    peak_mib: float

    @property
    def median(self) -> float:
        """The median of the rounds, in seconds."""
        return statistics.median(self.seconds)

    def ratio(self, other: "Measurement") -> float:
        """The median of the paired ratios to another command of the same rounds."""
        return statistics.median(mine / its for mine, its in zip(self.seconds, other.seconds, strict=True))


def measure(commands: Sequence[Command], rounds: int) -> dict[str, Measurement]:
    """Each command, after one round that is not counted. Raises RuntimeError when one ends unexpectedly."""
    times: dict[str, list[float]] = {command.name: [] for command in commands}
    peaks: dict[str, float] = {command.name: 0.0 for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            seconds, peak = _run(command)
            if number:
                times[command.name].append(seconds)
                peaks[command.name] = max(peaks[command.name], peak)
    return {name: Measurement(name, tuple(seconds), peaks[name]) for name, seconds in times.items()}


def _run(command: Command) -> tuple[float, float]:
    environment = {**os.environ, **(command.environment or {})}
    for path, text in command.files.items():
        path.write_text(text)
    begin = time.perf_counter()
    process = subprocess.Popen(
        command.arguments,
        cwd=command.directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.expected:
        raise RuntimeError(f"{command.name} ended with {process.returncode}: {' '.join(command.arguments)}")
    return seconds, usage.ru_maxrss / 1024
