"""Checked sources to a `Policy`. A later source overrides an earlier one key by key; scopes and exemptions add up."""

from collections.abc import Mapping, Sequence

from byline.errors import Fault
from byline.model import Confidence, Place, Rule, Shows
from byline.policy.build_trailers import build_trailers
from byline.policy.build_verdicts import build_layer, build_scopes
from byline.policy.draft import Draft
from byline.policy.schema import Evidence, Notes, Policy
from byline.policy.source import Source, as_texts, day, number, text
from byline.policy.verdicts import overlaid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.policy.tools import Tools


def build(sources: Sequence[Source], catalogue: "Tools", faults: list[Fault]) -> Policy:
    """The policy that the sources say together. What makes no sense is added to `faults` and left out."""
    draft = Draft(tuple(sources), catalogue, faults)
    _check_version(draft)
    if draft.has("paths"):
        draft.check_path_sets()
    if draft.has("groups"):
        draft.check_groups()
    layers = [build_layer(draft, source, (), {**source.table("policy"), **source.data}) for source in sources]
    base = layers[0]
    for layer in layers[1:]:
        base = overlaid(base, layer)
    policy = Policy(
        base._replace(say=_policy_text(draft, "say")),
        catalogue,
        files=tuple(source.file for source in sources),
        name=_policy_text(draft, "name"),
        url=_policy_text(draft, "url"),
        proposed=_policy_text(draft, "status") == "proposed",
        since=_policy_day(draft, "since"),
        review_by=_policy_day(draft, "review-by"),
        baseline=_baseline(draft),
        scopes=build_scopes(draft),
        trailers=build_trailers(draft),
        evidence=_evidence(draft),
        enforce=_enforce(draft),
        on_error=str(draft.last("enforce", "on-error")[1] or ""),
        fetch=draft.last("enforce", "fetch")[1] is not False,
        notes=_notes(draft),
        sources=draft.sources,
    )
    if not any(draft.has(name) for name in ("exempt", "approval", "markers", "limits", "pull-request")):
        return policy
    from byline.policy.build_rules import with_rules

    return with_rules(draft, policy)


def _check_version(draft: Draft) -> None:
    for source in draft.sources:
        version = number(source.data, "version")
        if version not in (None, 1):
            draft.fault(source, ("version",), f"version {version} of the policy language is not known here; this is 1")


def _policy_text(draft: Draft, name: str) -> str:
    source, value = draft.last("policy", name)
    return text(source.table("policy"), name) if value is not None else ""


def _policy_day(draft: Draft, name: str) -> tuple[int, Rule] | None:
    source, value = draft.last("policy", name)
    when = day(source.table("policy"), name)
    return None if when is None else (when, source.rule(("policy", name), f"[policy] {name} = {value}"))


def _baseline(draft: Draft) -> tuple[str, ...]:
    source, value = draft.last("policy", "baseline")
    ids = as_texts(value) if value is not None else ()
    for commit in ids:
        check_commit_id(draft, source, ("policy", "baseline"), commit)
    return tuple(commit.lower() for commit in ids)


def check_commit_id(draft: Draft, source: Source, path: tuple[str | int, ...], commit: str) -> None:
    """Add a fault unless this is a full commit id: an abbreviation could come to mean another commit."""
    if len(commit) not in (40, 64) or set(commit.lower()) - set("0123456789abcdef"):
        draft.fault(source, path, f'"{commit}" is not a full commit id (40 or 64 hexadecimal digits)')


def _evidence(draft: Draft) -> Evidence:
    evidence = Evidence()
    _, confidences = draft.last("evidence", "block")
    if isinstance(confidences, list):
        evidence = evidence._replace(block=frozenset(Confidence(word) for word in confidences))
    for name in (Shows.SETUP, Shows.SUPPRESSION):
        if draft.last("evidence", name)[1]:
            evidence = evidence._replace(counts=evidence.counts | {name})
    return evidence._replace(
        environment=draft.last("evidence", "environment")[1] is not False,
        removed=_level(draft, "removed", evidence.removed),
        unseen=_level(draft, "unseen", evidence.unseen),
        claimed_dates=draft.last("evidence", "dates")[1] == "claimed",
    )


def _level(draft: Draft, name: str, default: tuple[str, Rule]) -> tuple[str, Rule]:
    source, level = draft.last("evidence", name)
    return default if level is None else (str(level), source.rule(("evidence", name), f'[evidence] {name} = "{level}"'))


def _notes(draft: Draft) -> Notes:
    source, ref = draft.last("notes", "ref")
    if ref is not None and not str(ref).startswith("refs/notes/"):
        draft.fault(source, ("notes", "ref"), f'"{ref}" is no notes ref: it has to begin with refs/notes/')
    commit, server, read = (draft.last("notes", name)[1] for name in ("commit", "server", "read"))
    return Notes(commit is True, server is True, str(read or Notes().read), str(ref or Notes().ref))


def _enforce(draft: Draft) -> Mapping[Place, tuple[str, Rule]]:
    levels = {}
    for place in Place:
        name = place if draft.last("enforce", place)[1] is not None else "default"
        source, level = draft.last("enforce", name)
        if level is not None:
            levels[place] = (str(level), source.rule(("enforce", name), f'[enforce] {name} = "{level}"'))
    return levels
