"""How reports put the words of the model."""

from byline.model import Confidence, Finding, Judged, Outcome, Shows, Spelling, Surface, Verdict

OUTCOMES = {
    Outcome.OK: "OK",
    Outcome.ANNOTATED: "ANNOTATED",
    Outcome.WARNED: "WARNED",
    Outcome.BLOCKED: "BLOCKED",
    Outcome.SKIPPED: "NOT CHECKED",
}

VERDICTS = {
    Verdict.ALLOW: "allowed",
    Verdict.DISCLOSE: "to be disclosed",
    Verdict.APPROVE: "needs approval",
    Verdict.DENY: "denied",
}

MET = {Verdict.DISCLOSE: "disclosed", Verdict.APPROVE: "approved"}
"""How a finding stands where the commit gives what its verdict asks for."""

SURFACES = {
    Surface.TRAILER: "a trailer",
    Surface.IDENTITY: "an identity",
    Surface.MESSAGE: "a line of the message",
    Surface.LINE: "an added line",
    Surface.PATH: "a file",
    Surface.CONFIG: "a setting",
    Surface.ENVIRONMENT: "the environment",
}

CONFIDENCES = {
    Confidence.CERTAIN: "certain",
    Confidence.LIKELY: "likely",
    Confidence.HINT: "only a hint",
}

SHOWS = {
    Shows.GENERATED: "the tool made the change or part of it",
    Shows.ASSISTED: "the tool helped with the change",
    Shows.SETUP: "the tool is set up in the repository",
    Shows.SUPPRESSION: "disclosure by the tool was switched off or removed",
}

SPELLINGS = {
    Spelling.PLAIN: "",
    Spelling.MISSPELT: "the key is misspelt",
    Spelling.DISGUISED: "written so as not to be recognised",
}
"""What there is to say of how a mark is written; nothing where it is as its tool writes it."""


def standing(judged: Judged) -> str:
    """How a finding stands before the policy, in a word or two."""
    return MET.get(judged.verdict, "") if judged.met else VERDICTS[judged.verdict]


def place(finding: Finding) -> str:
    """Where a finding is: `src/a.py:12`, `message line 7`, `author`; not yet escaped."""
    if finding.path is not None:
        return finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    if finding.line is not None:
        return f"message line {finding.line}"
    return finding.role or ("environment" if finding.surface is Surface.ENVIRONMENT else "message")


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 commit`, `20,431 commits`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
