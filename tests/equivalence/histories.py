"""Random small histories: everything that can happen to a line on its way through a repository."""

from typing import NamedTuple

from hypothesis import strategies as st

from real_git import RealRepository

FILE, PROGRAM, LINK, SUBMODULE = "100644", "100755", "120000", "160000"
_COMMIT_ELSEWHERE = "1" * 40

NEEDLES = ("mark", "trace left")
LINES = (
    b"mark one", b"MARK two", b"a mark\r", b"mark one ", b"x\xff\xfe mark", b"nul\0mark", b"trace left\x0c here",
    b"plain", b"other", b"", b"--- mark", b"+++ b/mark", b"@@ -1 +1 @@ mark", b"diff --git a/mark b/mark",
    b"." * 3000 + b"mark" + b"." * 3000, b"." * 3000 + b"mark" + b"." * 5000 + b"mark" + b"." * 3000,
)  # fmt: skip
PATHS = ("a", "b", "a.txt", "d/a", "d/e/f", "z z", "é")


class Node(NamedTuple):
    """What a path holds: a mode, and content (for a submodule nothing)."""

    mode: str
    content: bytes


Tree = dict[str, Node]


class Moment(NamedTuple):
    """One commit: the indexes of its parents in the history, and its whole tree."""

    parents: tuple[int, ...]
    tree: Tree


contents = st.builds(
    lambda lines, end: b"\n".join(lines) + end,
    st.lists(st.sampled_from(LINES), max_size=8),
    st.sampled_from([b"\n", b"\n", b""]),
)
nodes = st.one_of(
    st.builds(Node, st.sampled_from([FILE, FILE, FILE, PROGRAM]), contents),
    st.builds(Node, st.just(LINK), st.sampled_from([b"mark/target", b"mark one", b"plain"])),
    st.just(Node(SUBMODULE, b"")),
)


@st.composite
def trees(draw: st.DrawFn, before: Tree) -> Tree:
    """The tree after a few changes."""
    tree = dict(before)
    for change in draw(st.lists(st.sampled_from(["write", "delete", "move", "copy", "edit", "mode"]), max_size=4)):
        path = draw(st.sampled_from(sorted(tree) or PATHS))
        node = tree.get(path)
        if change == "write" or node is None:
            _put(tree, draw(st.sampled_from(PATHS)), draw(nodes))
        elif change == "delete":
            del tree[path]
        elif change == "mode":
            tree[path] = node._replace(mode=draw(st.sampled_from([FILE, PROGRAM, LINK])))
        elif change == "edit" and node.mode != SUBMODULE:
            tree[path] = node._replace(content=draw(_edited(node.content)))
        elif change in ("move", "copy"):
            if change == "move":
                del tree[path]
            content = draw(st.one_of(st.just(node.content), _edited(node.content)))
            _put(tree, draw(st.sampled_from(PATHS)), node._replace(content=content))
    return tree


@st.composite
def _edited(draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    kind = draw(st.sampled_from(["add", "remove", "move", "replace", "swap ends"]))
    if kind == "remove" or kind == "move" or kind == "replace":
        del lines[at]
    if kind == "move":
        lines.insert(to, line)
    if kind in ("add", "replace"):
        lines.insert(to, draw(st.sampled_from(LINES)))
    if kind == "swap ends":
        return content.replace(b"\n", b"\r\n") if b"\r\n" not in content else content.replace(b"\r\n", b"\n")
    return b"\n".join(lines)


def _put(tree: Tree, path: str, node: Node) -> None:
    """Write a path; what is in its way, above or below, goes."""
    for other in list(tree):
        if other.startswith(f"{path}/") or path.startswith(f"{other}/"):
            del tree[other]
    tree[path] = node


@st.composite
def merged(draw: st.DrawFn, sides: list[Tree]) -> Tree:
    """Each path as one of the parents has it, and then perhaps changes of the merge's own."""
    tree: Tree = {}
    for path in sorted({path for side in sides for path in side}):
        node = draw(st.sampled_from([side.get(path) for side in sides]))
        if node is not None:
            _put(tree, path, node)
    return draw(trees(tree)) if draw(st.booleans()) else tree


@st.composite
def histories(draw: st.DrawFn) -> list[Moment]:
    """Between one commit and eight, with roots, branches and merges of up to three parents."""
    moments: list[Moment] = []
    for at in range(draw(st.integers(1, 8))):
        parents: tuple[int, ...] = ()
        if at:
            near = st.integers(max(0, at - 4), at - 1)
            count = min(at, 4, draw(st.sampled_from([1, 1, 1, 2, 2, 3, 0])))
            parents = tuple(draw(st.lists(near, min_size=count, max_size=count, unique=True)))
        if len(parents) > 1:
            tree = draw(merged([moments[parent].tree for parent in parents]))
        else:
            tree = draw(trees(moments[parents[0]].tree if parents else {}))
        moments.append(Moment(parents, tree))
    return moments


def build(repository: RealRepository, moments: list[Moment]) -> list[str]:
    """Write the history with `git fast-import`; the ids of its commits in order."""
    stream: list[bytes] = []
    for at, moment in enumerate(moments):
        stream.append(
            f"commit refs/heads/c{at}\nmark :{at + 1}\ncommitter A <a@example.com> {at} +0000\ndata 2\nx\n\n".encode()
        )
        for number, parent in enumerate(moment.parents):
            stream.append(f"{'merge' if number else 'from'} :{parent + 1}\n".encode())
        stream.append(b"deleteall\n")
        for path, node in moment.tree.items():
            quoted = b'"' + path.encode() + b'"'
            if node.mode == SUBMODULE:
                stream.append(f"M {SUBMODULE} {_COMMIT_ELSEWHERE} ".encode() + quoted + b"\n")
            else:
                stream.append(f"M {node.mode} inline ".encode() + quoted + f"\ndata {len(node.content)}\n".encode())
                stream.append(node.content + b"\n")
    stream.append(b"done\n")
    repository.git("fast-import", "--quiet", "--force", "--done", feed=b"".join(stream))
    return repository.git("rev-parse", *(f"c{at}" for at in range(len(moments)))).split()
