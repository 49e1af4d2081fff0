"""`byline explain`: what a mark means, or the story of a commit."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain

from byline.check import examine
from byline.commands.arguments import Parser, add_place, add_policy
from byline.commands.judge import Judge, prepare_judge
from byline.commands.noted_evidence import detection_with_notes
from byline.commands.selection import repository_if_any
from byline.errors import EXIT_OK, UnknownRevision, UsageError
from byline.model import Place
from byline.reporters.commit_story import commit_story
from byline.reporters.mark_page import mark_page
from byline.reporters.notices import say
from byline.reporters.output import columns, terminal
from byline.reporters.policy_text import disclosure_forms
from byline.repository.history import walk
from byline.repository.location import Repository
from byline.repository.revisions import resolve_commit

_SUMMARY = "Tell what a mark means and what it does not prove, or the whole story of one commit."
_EXAMPLES = """\
examples:
  byline explain claude-code.co-author
  byline explain HEAD
"""


def run(arguments: Sequence[str]) -> int:
    """Explain a mark or a commit. Returns the exit code, 0 whatever the policy makes of the commit."""
    parser = Parser("explain", _SUMMARY, _EXAMPLES)
    parser.add_argument("what", metavar="MARK|COMMIT", help="the name of a mark, as reports show it, or a commit")
    parser.add_argument("--repo", metavar="DIR", help="the repository (default: where you are)")
    add_policy(parser, "judge by this one (default: the repository's own)")
    add_place(parser)
    options = parser.parse_args(arguments)
    repository = repository_if_any(options.repo)
    judge = prepare_judge(repository, options.policy)
    mark = judge.catalogue.mark(options.what)
    if mark is not None:
        say(mark_page(mark, judge.catalogue.tool(mark.tool), _disclosure(judge), columns()))
        return EXIT_OK
    if repository is None:
        raise UsageError(
            f"byline knows no mark called {options.what}, and there is no repository here to look for a commit",
            "`byline tools NAME` lists the marks of a tool.",
        )
    return _explain_commit(judge, repository, options.what, Place(options.place or Place.PUSH))


def _explain_commit(judge: Judge, repository: Repository, revision: str, place: Place) -> int:
    try:
        sha = resolve_commit(repository, revision)
    except UnknownRevision as error:
        if "." in revision or judge.catalogue.tool(revision) is not None:
            raise UsageError(
                f"{revision} is neither a mark that byline knows nor a commit of this repository",
                "`byline tools` lists the tools, `byline tools NAME` the marks of one.",
            ) from error
        raise
    output = terminal(sys.stdout, "auto")
    with ExitStack() as until_done:
        detection = detection_with_notes(repository, judge, place, until_done, asked=False)
        for report in examine(walk(repository, [sha], detection.search), detection, judge.policy, place):
            story = commit_story(report, judge.catalogue, place, judge.file, colour=output.colour, width=output.width)
            for part in chain([story], _notes(repository, judge, sha)):
                output.stream.write(part)
                output.stream.flush()
    return EXIT_OK


def _notes(repository: Repository, judge: Judge, sha: str) -> Iterator[str]:
    """What the notes on the commit say, a line each."""
    from byline.commands.notes import recorded
    from byline.reporters.record_text import record_line

    for remote, record in recorded(repository, judge.policy.notes.ref, sha):
        yield record_line(record, remote) + "\n"


def _disclosure(judge: Judge) -> list[str]:
    """How to disclose here, as sentences."""
    if not judge.file:
        return ["This repository has no policy file, so byline asks for nothing."]
    forms = disclosure_forms(judge.policy)
    if not forms:
        return [f"The policy ({judge.file}) names no trailer for it; it may ask for it in the change request."]
    sentences = [f"The policy ({judge.file}) takes a trailer such as:", *(f"  {form}" for form in forms)]
    return [*sentences, *([f"It is explained at {judge.policy.url}"] if judge.policy.url else [])]
