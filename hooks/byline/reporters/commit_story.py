"""The story of one commit: who made it, everything that was found, what each mark means, and what follows."""

import time

from byline.catalogue.load import Catalogue
from byline.model import CommitReport, Identity, Place
from byline.reporters.commit_text import commit_text
from byline.reporters.escape import escape
from byline.reporters.words import counted

_MOST_PLACES = 1000


def commit_story(
    report: CommitReport, catalogue: Catalogue, place: Place, policy_file: str, *, colour: bool, width: int
) -> str:
    """The commit with nothing left out, as text that ends in a newline."""
    commit = report.commit
    names = catalogue.tool_names
    lines = [
        f"commit     {commit.sha}",
        f"author     {_person(commit.author)}",
        f"committer  {_person(commit.committer)}",
        f"parents    {' '.join(parent[:10] for parent in commit.parents) or 'none: a root commit'}",
        f"files      {counted(len(commit.changes), 'file')} touched",
        f"policy     {escape(policy_file) or 'none, so marks are only noted'}; judged as at: {place.value}",
        "",
        commit_text(report, names, colour=colour, width=width, most_places=_MOST_PLACES),
    ]
    if not report.findings:
        lines += ["No mark of an AI tool was found in its message, people, files and added lines.", ""]
    for mark_id in dict.fromkeys(finding.mark for finding in report.findings):
        mark = catalogue.mark(mark_id)
        if mark is not None and mark.note:
            lines.append(f"{escape(mark_id)}: {escape(mark.note)}")
    if report.findings:
        lines.append("`byline explain MARK` tells what a mark means and what it does not prove.")
    return "\n".join(lines) + "\n"


def _person(identity: Identity) -> str:
    when = "" if identity.when is None else time.strftime(", %Y-%m-%d %H:%M UTC", time.gmtime(identity.when))
    return escape(str(identity)) + when
