"""Which verdict holds for a finding: a name beats a property, the strictest property beats the default."""

from collections.abc import Iterable

from byline.model import Finding, Mode, Rule, Verdict
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
    """What the layer says of the finding, and the line that says it.

    A tool that the catalogue does not know has no properties, so the default holds for it.
    """
    by_name = layer.tools.get(finding.tool)
    if by_name:
        return by_name
    tool = catalogue.tool(finding.tool)
    properties = list(_properties(layer, finding, tool, catalogue)) if tool else []
    if properties:
        return max(properties, key=lambda said: said[0])
    return layer.ai or NOTHING_SAID


def _properties(layer: Layer, finding: Finding, tool: "Tool", catalogue: "Tools") -> Iterable[Said]:
    if tool.vendor in layer.vendors:
        yield layer.vendors[tool.vendor]
    if tool.hosting in layer.hosting:
        yield layer.hosting[tool.hosting]
    if layer.modes:
        for mode in sorted(modes_of(finding, tool, catalogue)):
            if mode in layer.modes:
                yield layer.modes[mode]


def modes_of(finding: Finding, tool: "Tool", catalogue: "Tools") -> frozenset[Mode]:
    """How the tool was certainly used: as the mark shows, or as every way of using the tool implies."""
    mark = catalogue.mark(finding.mark)
    if mark is not None and mark.mode is not None:
        return _with_implied(mark.mode)
    ways = [_with_implied(mode) for mode in tool.modes]
    return frozenset.intersection(*ways) if ways else frozenset()


def _with_implied(mode: Mode) -> frozenset[Mode]:
    return frozenset((mode,)) | _IMPLIED.get(mode, frozenset())
