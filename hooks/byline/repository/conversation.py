"""A git process that answers many questions, one after the other, through two pipes."""

import os
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BufferedReader
from itertools import chain, islice
from types import TracebackType
from typing import Self, cast

from byline.errors import RepositoryError
from byline.repository.complaints import Complaints
from byline.repository.location import Repository
from byline.repository.run_git import bound_memory, capacity, git_failed, start_git, widen

GROUP_BYTES = 2000
"""Questions wait in a pipe while git still writes answers. Two groups stay under 4,096 bytes, the smallest pipe buffer
of any platform, so that neither side ever waits for the other."""

_MOST_BYTES = 12_000
"""The same where the pipe is known to hold more: enough that git always has something to do while we do something."""

_LONGEST_QUESTION = 96

_BUFFER = 1 << 20

# A damaged object ends git; a repository with more of them than this is beyond checking.
_RESTARTS = 1000


class Conversation:
    """One process, started at the first question and again after git ended over something damaged.

    `group_bytes` of questions may be sent while as many are not answered yet.
    """

    def __init__(self, repository: Repository, *arguments: str, memory: int | None = None) -> None:
        self.repository = repository
        self._arguments = arguments
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: Complaints | None = None
        self._restarts = 0
        self.group_bytes = GROUP_BYTES

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def send(self, question: bytes) -> None:
        """Ask. That git has ended is not told here, but by the answer that is missing."""
        process = self._started()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.write(question)
                process.stdin.flush()

    def send_all(self, questions: bytes) -> None:
        """Ask for the only time, of a git that reads all questions before it answers."""
        self.send(questions)
        process = self._started()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()

    def check(self) -> None:
        """After the last answer of `send_all`. Raises RepositoryError when git failed."""
        process = self._started()
        if process.wait():
            raise git_failed(self._arguments[0], self.end())

    @property
    def answers(self) -> BufferedReader:
        """The pipe that the answers come from. At its end, git has ended: call `start_over`."""
        return cast("BufferedReader", self._started().stdout)

    def end(self) -> bytes:
        """End the process; returns what it complained of."""
        process, self._process = self._process, None
        complaints, self._complaints = self._complaints, None
        if process is None:
            return b""
        process.kill()
        for pipe in (process.stdout, process.stdin):
            if pipe is not None:
                # what is left unwritten in the pipe was meant for the process that has just ended
                with suppress(OSError):
                    pipe.close()
        process.wait()
        return complaints.close() if complaints is not None else b""

    def start_over(self) -> None:
        """Have the next question start a new process. Raises RepositoryError when that happens too often."""
        complaint = self.end()
        self._restarts += 1
        if self._restarts > _RESTARTS:
            raise git_failed(self._arguments[0], complaint)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            complaints = Complaints()
            try:
                self._process = start_git(
                    self.repository,
                    *self._arguments,
                    stdin=subprocess.PIPE,
                    stderr=complaints.fileno(),
                    buffer=_BUFFER,
                )
            except RepositoryError:
                complaints.close()
                raise
            self._complaints = complaints
            widen(self._process.stdout)
            room = capacity(self._process.stdin) // 2 - _LONGEST_QUESTION
            self.group_bytes = max(GROUP_BYTES, min(_MOST_BYTES, room))
            if self._memory is not None:
                bound_memory(self._process, self._memory)
        return self._process


class Questions:
    """The object ids that are asked for, a group ahead of the answers.

    After each group comes a question of our own that git answers with a line that stands nowhere else. Where that line
    comes too early, an object has lied about its size.
    """

    def __init__(self, conversation: Conversation, oids: Iterable[str]) -> None:
        self._conversation = conversation
        self._waiting: Iterator[str] = iter(oids)
        self._id_bytes = len(conversation.repository.zero) + 1
        self._most = GROUP_BYTES // self._id_bytes
        self.end = f"end-{os.urandom(8).hex()}"
        self.end_line = f"{self.end} missing\n".encode("ascii")
        self.asked: deque[str] = deque()

    def top_up(self) -> bool:
        """Ask more when few answers are outstanding. False when nothing is left to wait for."""
        if len(self.asked) <= self._most and (group := tuple(islice(self._waiting, self._most))):
            self._conversation.send("\n".join((*group, self.end, "")).encode("utf-8", "surrogateescape"))
            self.asked += (*group, self.end)
            self._most = self._conversation.group_bytes // self._id_bytes
        return bool(self.asked)

    def ask_again(self) -> None:
        """Ask in a new process for what has not been answered."""
        self._conversation.start_over()
        self._waiting = chain([oid for oid in self.asked if oid != self.end], self._waiting)
        self.asked.clear()
