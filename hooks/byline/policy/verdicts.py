"""Which verdict holds for a finding: a name beats a property, the strictest property beats the default."""

from collections.abc import Iterable

from byline.model import Finding, Mode, Rule, Shows, Verdict
from byline.policy.schema import Layer, Said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.catalogue.schema import Tool
    from byline.policy.tools import Tools

NOTHING_SAID: Said = (Verdict.ALLOW, Rule("the policy says nothing about AI"))

_HELPING = frozenset((Mode.REVIEW, Mode.COMPLETION))
_AGENT = frozenset((Mode.AGENT,))
_IMPLIED = {Mode.UNATTENDED: _AGENT}


def overlaid(lower: Layer, upper: Layer) -> Layer:
    """Both layers in one; what the upper one does not say is inherited."""
    return Layer(
        upper.ai or lower.ai,
        {**lower.tools, **upper.tools},
        {**lower.vendors, **upper.vendors},
        {**lower.hosting, **upper.hosting},
        {**lower.modes, **upper.modes},
        upper.say or lower.say,
    )


def verdict_of(layer: Layer, finding: Finding, catalogue: "Tools") -> Said:
    """What the layer says of the finding, and the line that says it."""
    by_name = layer.tools.get(finding.tool)
    if by_name:
        return by_name
    properties = list(_properties(layer, finding, catalogue))
    if properties:
        return max(properties, key=lambda said: said[0])
    return layer.ai or NOTHING_SAID


def _properties(layer: Layer, finding: Finding, catalogue: "Tools") -> Iterable[Said]:
    if not (layer.vendors or layer.hosting or layer.modes):
        return
    tool = named_tool(catalogue, finding.tool)
    if tool is not None and tool.vendor in layer.vendors:
        yield layer.vendors[tool.vendor]
    if tool is not None and tool.hosting in layer.hosting:
        yield layer.hosting[tool.hosting]
    by_mode = _by_mode(layer, finding, catalogue) if layer.modes else None
    if by_mode is not None:
        yield by_mode


def _by_mode(layer: Layer, finding: Finding, catalogue: "Tools") -> Said | None:
    """What is said of how the tool was used. Where that is not known, what is mildest of the ways it may have been.

    None where nothing is said of the way, or of the mildest one.
    """
    default = (layer.ai or NOTHING_SAID)[0]
    mildest: tuple[Verdict, Said | None] | None = None
    for modes in ways_of(finding, catalogue):
        said = max((layer.modes[mode] for mode in sorted(modes) if mode in layer.modes), default=None, key=_verdict)
        verdict = default if said is None else said[0]
        if mildest is None or verdict < mildest[0]:
            mildest = (verdict, said)
    return None if mildest is None else mildest[1]


def _verdict(said: Said) -> Verdict:
    return said[0]


def named_tool(catalogue: "Tools", tool_id: str) -> "Tool | None":
    """The tool, or None if the catalogue does not know it or it stands for AI that nobody named.

    Of such a tool neither vendor nor hosting are known, whatever its entry in the catalogue says.
    """
    from byline.catalogue.schema import UNKNOWN_VENDOR

    tool = catalogue.tool(tool_id)
    return None if tool is None or tool.vendor == UNKNOWN_VENDOR else tool


def ways_of(finding: Finding, catalogue: "Tools") -> list[frozenset[Mode]]:
    """The ways in which the tool may have been used: as the mark shows, or each in which it can have left the mark.

    A tool that wrote something did not just review it, nor complete what somebody else wrote, unless it can do no
    other thing.
    """
    mark = catalogue.mark(finding.mark)
    if mark is not None and mark.mode is not None:
        return [_with_implied(mark.mode)]
    tool = named_tool(catalogue, finding.tool)
    if tool is None:
        return []
    possible = tool.modes - _HELPING if finding.shows == Shows.GENERATED else tool.modes
    return [_with_implied(mode) for mode in sorted(possible or tool.modes)]


def _with_implied(mode: Mode) -> frozenset[Mode]:
    return frozenset((mode,)) | _IMPLIED.get(mode, frozenset())
