"""What building a policy works on: its sources, the catalogue, and the faults found so far."""

from collections.abc import Mapping
from functools import cached_property

from byline.catalogue.toml_lines import Path
from byline.errors import Fault
from byline.policy.patterns import PathTest, PersonTest, glob_fault, path_test, person_test
from byline.policy.source import Source, as_texts, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from byline.policy.tools import Tools


class Draft:
    """A policy in the making."""

    def __init__(self, sources: tuple[Source, ...], catalogue: "Tools", faults: list[Fault]) -> None:
        self.sources = sources
        self.catalogue = catalogue
        self._faults = faults

    def fault(self, source: Source, path: Path, sentence: str) -> None:
        """Add a fault in the entry at `path`."""
        self._faults.append(Fault(source.file, source.line(path), sentence))

    def last(self, table: str, name: str) -> tuple[Source, object]:
        """An entry of a top-level table as the last source says it, and that source; None if no source does."""
        for source in reversed(self.sources):
            value = source.table(table).get(name)
            if value is not None:
                return source, value
        return self.sources[-1], None

    def has(self, name: str) -> bool:
        """Whether any source has this top-level table or list."""
        return any(name in source.data for source in self.sources)

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Groups of people by name."""
        found = {}
        for source in self.sources:
            for name, people in source.table("groups").items():
                found[name] = as_texts(people)
                if any(who.startswith("@") for who in found[name]):
                    self.fault(source, ("groups", name), f"a group holds people, not other groups: {name}")
        return found

    @cached_property
    def path_sets(self) -> Mapping[str, PathTest]:
        """Named sets of files, the built-in ones included."""
        from byline.policy.path_sets import built_in_sets

        built_in = built_in_sets()
        sets = dict(built_in)
        for source in self.sources:
            for name, patterns in source.table("paths").items():
                if name in built_in:
                    self.fault(source, ("paths", name), f"@{name} is built in; give your set another name")
                self._check_paths(source, ("paths", name), as_texts(patterns), built_in)
                sets[name] = path_test(as_texts(patterns), built_in)
        return sets

    def check_groups(self) -> None:
        """Report faults of groups that nothing uses."""
        _ = self.groups

    def check_path_sets(self) -> None:
        """Report faults of sets that nothing uses."""
        _ = self.path_sets

    def paths(self, source: Source, table: Mapping[str, object], path: Path) -> PathTest | None:
        """The test for `paths` of a table; None when left out."""
        patterns = texts(table, "paths")
        if patterns is None:
            return None
        named = any(pattern.lstrip("!").startswith("@") for pattern in patterns)
        sets = self.path_sets if named else {}
        self._check_paths(source, (*path, "paths"), patterns, sets)
        return path_test(patterns, sets)

    def _check_paths(self, source: Source, path: Path, patterns: tuple[str, ...], sets: Mapping[str, PathTest]) -> None:
        for pattern in patterns:
            body = pattern.removeprefix("!")
            if body.startswith("@"):
                if body[1:] not in sets:
                    self._fault_unknown(source, path, "set of files", body, [f"@{name}" for name in sets])
            elif why := glob_fault(body):
                self.fault(source, path, f'"{pattern}" {why}')
        if patterns and all(pattern.startswith("!") for pattern in patterns):
            self.fault(source, path, "patterns with ! take out of those before them, and there is none")

    def people(self, source: Source, table: Mapping[str, object], name: str, path: Path) -> PersonTest | None:
        """The test for a list of people in a table; None when left out."""
        patterns = texts(table, name)
        if patterns is None:
            return None
        for pattern in patterns:
            if pattern.startswith("@") and pattern[1:] not in self.groups:
                self._fault_unknown(source, (*path, name), "group", pattern, [f"@{group}" for group in self.groups])
        return person_test(patterns, self.groups)

    def _fault_unknown(self, source: Source, path: Path, noun: str, word: str, known: list[str]) -> None:
        from byline.policy.validate import unknown

        table = "paths" if noun == "set of files" else "groups"
        self.fault(source, path, f"{unknown(noun, word, known)} ([{table}] defines new ones)")
