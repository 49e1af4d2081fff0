"""Marks on the environment in which a commit is made: variables that tools set, and tools among the parent programs.

All layers of nested tools are reported. The nearest program decides: what a tool further out has left in the variables
is a hint then. A variable may also be left over, in a terminal that was opened from inside a session of the tool: it is
a hint where all parent programs are known, a terminal is among them, and the tool is not.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from byline.catalogue.schema import EnvironmentMatch, Mark
from byline.detectors.found import finding
from byline.model import Commit, Confidence, Environment, Finding, Process, Runner, Shows

_Entry = tuple[Mark, EnvironmentMatch]

_LONGEST_VALUE = 200
_INTERPRETERS = ("node", "nodejs", "bun", "deno", "python", "python2", "python3", "ruby", "npx", "uv", "uvx")
_ENDINGS = (".exe", ".cmd", ".bat", ".js", ".mjs", ".cjs", ".py")

# Programs that hand the variables they were once started with to every shell that is opened in them later.
_TERMINALS = frozenset(
    (
        *("alacritty", "code", "code-oss", "codium", "ghostty", "gnome-terminal-", "gnome-terminal-server", "idea"),
        *("iterm2", "iterm2server", "kitty", "konsole", "mintty", "pycharm", "screen", "tabby", "terminal"),
        *("terminator", "tmux", "wezterm", "wezterm-gui", "windowsterminal", "xfce4-terminal", "xterm", "zellij"),
    )
)


def prepare(marks: Iterable[Mark]) -> Callable[[Commit], Iterator[Finding]]:
    """A function from a commit to what its environment says."""
    entries = [(mark, mark.match) for mark in marks if isinstance(mark.match, EnvironmentMatch)]
    variables = [entry for entry in entries if entry[1].variable and entry[1].runner is not Runner.PERSON]
    programs: dict[str, list[_Entry]] = {}
    terminals = set(_TERMINALS)
    for mark, match in entries:
        if match.runner is Runner.PERSON:
            terminals |= match.processes
            continue
        for name in match.processes:
            programs.setdefault(name, []).append((mark, match))
    known = {mark.tool for entries_of in programs.values() for mark, _ in entries_of}

    def detect(commit: Commit) -> Iterator[Finding]:
        environment = commit.environment
        if environment is None:
            return
        seen = [entry for entry in variables if _is_set(environment.variables, entry[1])]
        running = list(_running(environment.processes, programs))
        if not seen and not running:
            return
        layers = list(dict.fromkeys(mark.tool for mark, match, _ in running if match.runner is Runner.AGENT))
        left_over = _may_be_left_over(environment, terminals)
        helped = {mark.tool for mark, match in seen if match.runner is Runner.HELPER}
        for mark, match in seen:
            outer = bool(layers) and mark.tool != layers[0] and mark.tool in known
            stale = left_over and mark.tool in known and mark.tool not in layers
            shows = Shows.ASSISTED if mark.tool in helped else None
            hint = Confidence.HINT if outer or stale else None
            yield finding(mark, _shown(environment, match), shows=shows, confidence=hint)
        told = set()
        for mark, match, name in running:
            if mark.id not in told:
                told.add(mark.id)
                outer = match.runner is Runner.AGENT and mark.tool != layers[0]
                shows = Shows.ASSISTED if mark.tool in helped else None
                yield finding(mark, f"started by {name}", shows=shows, confidence=Confidence.HINT if outer else None)

    return detect


def _is_set(variables: Mapping[str, str], match: EnvironmentMatch) -> bool:
    value = variables.get(match.variable)
    if not value:
        return False
    lowered = value[:_LONGEST_VALUE].lower()
    return not match.values or any(_fits(lowered, wanted) for wanted in match.values)


def _fits(value: str, wanted: str) -> bool:
    if not any(character in wanted for character in "*?["):
        return value == wanted
    from fnmatch import fnmatchcase

    return fnmatchcase(value, wanted)


def _shown(environment: Environment, match: EnvironmentMatch) -> str:
    """The variable, and its value only where the mark names values: others may be private."""
    if not match.values:
        return f"{match.variable} is set"
    return f"{match.variable}={environment.variables[match.variable][:_LONGEST_VALUE]}"


def _running(
    processes: Iterable[Process], programs: Mapping[str, list[_Entry]]
) -> Iterator[tuple[Mark, EnvironmentMatch, str]]:
    for process in processes:
        for name in dict.fromkeys(_names(process)):
            for mark, match in programs.get(name, ()):
                yield mark, match, name


def _names(process: Process) -> Iterator[str]:
    """What a program may be called in the catalogue: its own name, or the script that an interpreter runs."""
    yield _bare(process.name)
    if not process.command:
        return
    program = _bare(process.command[0])
    yield program
    if program.rstrip("0123456789.") not in _INTERPRETERS and _bare(process.name) not in _INTERPRETERS:
        return
    script = next((word for word in process.command[1:] if not word.startswith("-")), "")
    yield _bare(script)
    steps = script.replace("\\", "/").lower().split("/")
    yield from ("/".join(steps[-count:]) for count in (2, 3, 4) if len(steps) >= count)


def _bare(path: str) -> str:
    """The last part of a path in lower case, without the ending of a program; `-` marks a login shell."""
    name = path.replace("\\", "/").rpartition("/")[2].lower().removeprefix("-")
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


def _may_be_left_over(environment: Environment, terminals: Container[str]) -> bool:
    """Whether a terminal, opened at another time, lies between the variables and whoever types now."""
    return environment.complete and any(
        name.partition(":")[0].partition(" ")[0] in terminals
        for process in environment.processes
        for name in _names(process)
    )
