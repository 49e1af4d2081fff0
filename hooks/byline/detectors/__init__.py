"""Finds the marks of tools in commits. Pure: a commit goes in, findings come out; nothing here knows the policy."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING

from byline.catalogue.globs import matcher
from byline.catalogue.literals import Check, Literals, finder
from byline.catalogue.load import Catalogue, texts_in_commits
from byline.catalogue.needles import config_globs, line_needles
from byline.catalogue.schema import UNKNOWN_VENDOR
from byline.detectors.first_look import said_in, telling
from byline.frozen import Frozen
from byline.model import Commit, Finding, Surface
from byline.repository.search import Search

if TYPE_CHECKING:
    from byline.detectors.trailer_index import Lookup

Detect = Callable[[Commit], Iterator[Finding]]

IN_COMMITS = (
    (Surface.TRAILER, "trailers"),
    (Surface.IDENTITY, "identities"),
    (Surface.TRAILER, "stray_trailers"),
    (Surface.MESSAGE, "messages"),
)
"""They look at what the commit object itself says."""

IN_FILES = ((Surface.LINE, "lines"), (Surface.PATH, "paths"), (Surface.CONFIG, "configs"))
"""They look at what the commit does to files."""

IN_HOOKS = ((Surface.ENVIRONMENT, "surroundings"),)
"""They look at where a commit is being made."""

DETECTORS = (*IN_COMMITS, *IN_FILES, *IN_HOOKS)
"""The marks that a detector takes, and its module, in the order in which findings are reported.

A module's `prepare` is imported when a commit first needs it: most commits need one or two. It takes the marks; those
of trailers, which two detectors look for, as a `trailer_index.Lookup`.
"""


class Detection(Frozen):
    """What a repository has to be searched for, and the function that finds the marks in a commit."""

    search: Search
    detect: Callable[[Commit], tuple[Finding, ...]]


def prepare(catalogue: Catalogue, *, long_run: bool = False) -> Detection:
    """Gets ready to find all marks of the catalogue; detectors are prepared when a commit first needs them.

    `long_run` spends more time here and less on each of many commits. The findings of a commit come by detector, then
    by place; none comes twice.
    """
    is_config = matcher(config_globs(catalogue.marks_on(Surface.CONFIG)))
    texts = Literals(texts_in_commits(catalogue), long_run=long_run, checks=lambda: _checks(catalogue))
    search = Search(
        commits=lambda raws: telling(raws, texts.places),
        lines=finder(line_needles(catalogue.marks_on(Surface.LINE)), long_run=long_run),
        is_config=lambda path: bool(is_config(path)),
        tells=_telling_lines(catalogue),
    )
    trailers = cache(lambda: _trailer_lookup(catalogue))

    def detector(surface: Surface, module: str) -> Detect:
        return _lazily(module, trailers if surface is Surface.TRAILER else partial(catalogue.marks_on, surface))

    in_commits = [detector(*one) for one in IN_COMMITS]
    in_hooks = [detector(*one) for one in IN_HOOKS]
    in_lines, in_paths, in_configs = (detector(*one) for one in IN_FILES)
    unnamed = catalogue.of_vendor(UNKNOWN_VENDOR)
    last: tuple[Commit, tuple[Finding, ...]] | None = None

    def detect(commit: Commit) -> tuple[Finding, ...]:
        """The findings of a commit. A hook that puts a message right asks again and again, mostly the same."""
        nonlocal last
        if last is None or last[0] != commit:
            last = commit, looked_at(commit)
        return last[1]

    def looked_at(commit: Commit) -> tuple[Finding, ...]:
        detectors = [] if commit.is_silent or not texts.stand_in(said_in(commit)) else list(in_commits)
        if commit.added_lines:
            detectors.append(in_lines)
        if commit.changes:
            detectors.append(in_paths)
        if commit.configs:
            detectors.append(in_configs)
        if commit.environment is not None:
            detectors += in_hooks
        findings = [finding for detector in detectors for finding in sorted(detector(commit), key=_order)]
        findings += commit.noticed
        if findings and commit.environment is not None:
            from byline.detectors.missing_stamp import missing_stamps

            findings += missing_stamps(commit, findings, catalogue)
        return tuple(_distinct(findings, unnamed)) if findings else ()

    return Detection(search, detect)


def _telling_lines(catalogue: Catalogue) -> Callable[[bytes], bool]:
    tells: Callable[[bytes], bool] | None = None

    def is_telling(line: bytes) -> bool:
        nonlocal tells
        if tells is None:
            from byline.detectors.lines import telling_lines

            tells = telling_lines(catalogue.marks_on(Surface.LINE))
        return tells(line)

    return is_telling


def _checks(catalogue: Catalogue) -> Mapping[str, Check]:
    from byline.detectors.needle_checks import checks

    return checks([*catalogue.marks_on(Surface.TRAILER), *catalogue.marks_on(Surface.IDENTITY)])


def _trailer_lookup(catalogue: Catalogue) -> "Lookup":
    from byline.detectors.trailer_index import trailer_index

    return trailer_index(catalogue.marks_on(Surface.TRAILER))


def _lazily(module: str, given: Callable[[], object]) -> Detect:
    """The detector of a module, prepared with what is given when it is first used."""
    prepared: Detect | None = None

    def detect(commit: Commit) -> Iterator[Finding]:
        nonlocal prepared
        if prepared is None:
            prepare_one: Callable[[object], Detect] = import_module(f"byline.detectors.{module}").prepare
            prepared = prepare_one(given())
        return prepared(commit)

    return detect


def _order(finding: Finding) -> tuple[str, int, str, str]:
    return finding.path or "", finding.line or 0, finding.role or "", finding.mark


def _distinct(findings: list[Finding], unnamed: frozenset[str]) -> Iterator[Finding]:
    """Each mark once a place; and where a tool has a name, no mark that only says that there was some tool."""
    named = {_place(finding) for finding in findings if finding.tool not in unnamed}
    seen = set()
    for finding in findings:
        place = _place(finding)
        if (place, finding.mark) not in seen and (finding.tool not in unnamed or place not in named):
            seen.add((place, finding.mark))
            yield finding


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.surface, finding.path, finding.line, finding.role
