"""Which verdict holds for a finding: a name beats a property, the strictest property beats the default."""

from collections.abc import Iterable

from byline.model import Finding, Mode, Rule, Shows, Verdict
from byline.policy.schema import Layer, Said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.catalogue.schema import Tool
    from byline.policy.tools import Tools

NOTHING_SAID: Said = (Verdict.ALLOW, Rule("the policy says nothing about AI"))

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
    for mode in sorted(modes_of(finding, catalogue)) if layer.modes else ():
        if mode in layer.modes:
            yield layer.modes[mode]


def named_tool(catalogue: "Tools", tool_id: str) -> "Tool | None":
    """The tool, or None if the catalogue does not know it or it stands for AI that nobody named.

    Of such a tool neither vendor nor hosting are known, whatever its entry in the catalogue says.
    """
    from byline.catalogue.schema import UNKNOWN_VENDOR

    tool = catalogue.tool(tool_id)
    return None if tool is None or tool.vendor == UNKNOWN_VENDOR else tool


def modes_of(finding: Finding, catalogue: "Tools") -> frozenset[Mode]:
    """How the tool was certainly used: as the mark shows, or as every way in which it could have left the mark implies.

    A tool that wrote something did not just review it.
    """
    mark = catalogue.mark(finding.mark)
    if mark is not None and mark.mode is not None:
        return _with_implied(mark.mode)
    tool = named_tool(catalogue, finding.tool)
    if tool is None:
        return frozenset()
    possible = tool.modes - {Mode.REVIEW} if finding.shows == Shows.GENERATED else tool.modes
    ways = [_with_implied(mode) for mode in possible]
    return frozenset.intersection(*ways) if ways else frozenset()


def _with_implied(mode: Mode) -> frozenset[Mode]:
    return frozenset((mode,)) | _IMPLIED.get(mode, frozenset())
