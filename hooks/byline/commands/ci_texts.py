"""What is judged of a change besides its commits: its description, the message of a squash, changes of the policy."""

from collections.abc import Iterator

from byline.commands.judge import Judge
from byline.model import (
    Commit,
    CommitReport,
    Decision,
    FileChange,
    Finding,
    Identity,
    Outcome,
    Place,
    Rule,
    Violation,
)
from byline.policy.decide import decide
from byline.policy.load import POLICY_FILES
from byline.policy.pull_request import decide_request, tools_to_disclose
from byline.policy.schema import Policy
from byline.providers.change import Change
from byline.repository.endpoints import Kind
from byline.repository.trailers import parse_trailers

DESCRIPTION = "description"
SQUASH = "squash message"
POLICY = "policy file"

_NOBODY = Identity("", "")
_MOST_NAMED = 5


class WholeChange:
    """Takes the commits of a change as they pass, and tells at the end what there is to say of all of them."""

    def __init__(self, change: Change, judge: Judge) -> None:
        self._change = change
        self._judge = judge
        self._commits = 0
        self._tools: set[str] = set()
        self._author = _NOBODY
        self._files: dict[str, FileChange] = {}
        self._in_files: dict[Finding, None] = {}
        self._trailers: dict[str, str] = {}
        self._lines: int | None = 0

    def add(self, report: CommitReport) -> None:
        """Take one commit into account."""
        commit = report.commit
        self._commits += 1
        if self._author is _NOBODY:
            self._author = commit.author
        if report.decision is not None:
            self._tools.update(tools_to_disclose([report.decision]))
        for change in commit.changes:
            self._files.setdefault(change.path, change)
        self._in_files.update(dict.fromkeys(finding for finding in report.findings if finding.path is not None))
        known = None in (self._lines, commit.lines_added)
        self._lines = None if known else (self._lines or 0) + (commit.lines_added or 0)
        wanted = _trailer_keys(self._judge.policy)
        for trailer in commit.trailers:
            if trailer.key.lower() in wanted:
                self._trailers.setdefault(str(trailer), (commit.sha or "")[:10])

    def reports(self) -> Iterator[CommitReport]:
        """What there is to say. Nothing of these counts as a commit."""
        yield from self._policy_changed()
        if self._change.endpoints.kind in (Kind.REQUEST, Kind.SINGLE):
            yield from self._description()
            yield from self._squashed()

    def _policy_changed(self) -> Iterator[CommitReport]:
        changed = [name for name in self._judge.policy.files or POLICY_FILES if name in self._files]
        changed = [name for name in changed if name != "pyproject.toml" or name == self._judge.file]
        if changed:
            where = f"on {self._change.endpoints.target}" if self._change.endpoints.target else "before it"
            names = " and ".join(changed)
            judged = (
                f"by the policy {where}" if self._judge.policy.files else f"without a policy, as there is none {where}"
            )
            reason = f"the change alters {names}; it was judged {judged}"
            rule = Rule("the policy of the target branch counts")
            yield _report(POLICY, names, Decision(Outcome.ANNOTATED, reason, rule))

    def _description(self) -> Iterator[CommitReport]:
        policy, text = self._judge.policy, self._change.text
        if policy.pull_request is None:
            return
        decision = decide_request(
            policy, text or "", sorted(self._tools), truncated=self._change.text_cut or text is None
        )
        if text is None and decision.outcome is Outcome.SKIPPED:
            system = self._change.system or "nobody"
            decision = decision._replace(
                reason=f"the policy asks something of the description, which {system} does not hand over",
                remedies=("Hand it over: byline ci --pr-body FILE",),
            )
        yield _report(DESCRIPTION, self._change.title or "(no title)", decision)

    def _squashed(self) -> Iterator[CommitReport]:
        """The commit of a squash is judged where the CI system gave its message; else what it would lose is told."""
        squash = self._change.squash
        if squash is None or not self._commits:
            return
        if squash.given and squash.message is not None:
            yield self._judge_squash(squash.message)
        lost = self._lost(squash.message)
        if lost:
            merge = "the squash merge that is planned" if squash.planned else "a squash merge, which is possible here,"
            what = "would drop" if squash.message is not None else "would bury in the middle of its message"
            named = ", ".join(f"{line} ({sha})" for line, sha in list(lost.items())[:_MOST_NAMED])
            more = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
            reason = f"{merge} {what} {named}{more}"
            rule = Rule("what is disclosed in commits should survive the merge")
            outcome = Outcome.WARNED if squash.planned else Outcome.ANNOTATED
            remedies = ("Put these lines at the end of the squash message, or merge without a squash",)
            decision = Decision(
                outcome, reason, rule, remedies=remedies, violations=(Violation(reason, rule, outcome),)
            )
            yield _report(SQUASH, (squash.message or "").split("\n")[0] or "(made of the commits)", decision)

    def _lost(self, message: str | None) -> dict[str, str]:
        if message is None:
            return self._trailers if self._commits > 1 else {}
        kept = {_plain(str(trailer)) for trailer in parse_trailers(message)}
        return {line: sha for line, sha in self._trailers.items() if _plain(line) not in kept}

    def _judge_squash(self, message: str) -> CommitReport:
        commit = Commit(
            None,
            (),
            self._author,
            self._author,
            message,
            parse_trailers(message),
            tuple(self._files.values()),
            branch=self._change.endpoints.target or None,
            source_branch=self._change.source or None,
            labels=self._change.labels,
            lines_added=self._lines,
        )
        findings = (*self._judge.detection.detect(commit), *self._in_files)
        findings = tuple(dict.fromkeys(findings))
        return CommitReport(commit, findings, decide(commit, findings, self._judge.policy, Place.CI), SQUASH)


def _trailer_keys(policy: Policy) -> frozenset[str]:
    """Trailers that the policy asks for: what they say must not get lost."""
    keys = {form.key.lower() for form in policy.trailers.disclose}
    keys.update(key.lower() for key in (*policy.trailers.require, *policy.trailers.require_with_ai))
    if policy.approval is not None and policy.approval.trailer:
        keys.add(policy.approval.trailer.lower())
    return frozenset(keys)


def _plain(line: str) -> str:
    return " ".join(line.lower().split())


def _report(about: str, text: str, decision: Decision) -> CommitReport:
    return CommitReport(Commit(None, (), _NOBODY, _NOBODY, text), (), decision, about)
