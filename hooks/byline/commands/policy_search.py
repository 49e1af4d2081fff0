"""What a policy has to know of commits beyond their marks, as orders to the search."""

from collections.abc import Iterator

from byline.policy.schema import Policy
from byline.repository.search import Finder, Search, any_line


def search_for(policy: Policy, search: Search) -> Search:
    """The search with what the policy, and the floors below it, judge by: sizes of commits, and texts in the diff."""
    policies = list(_all(policy))
    if any(map(_judges_by_size, policies)):
        search = search._replace(sizes=True)
    texts = [text for one in policies if one.markers is not None for text, _ in one.markers.diff]
    if texts:
        from byline.catalogue.literals import finder

        # what is found is compared without case, and the finder knows the case of ASCII letters only
        cases = {case for text in texts for case in (text, text.lower(), text.upper(), text.title())}
        search = search._replace(lines=_both(search.lines, finder(cases, long_run=False)), tells=any_line)
    return search


def either(first: Search, second: Search) -> Search:
    """A search that finds what either of two would find."""
    return Search(
        lambda raws: {*first.commits(raws), *second.commits(raws)},
        _both(first.lines, second.lines),
        lambda path: first.is_config(path) or second.is_config(path),
        first.sizes or second.sizes,
        lambda line: first.tells(line) or second.tells(line),
    )


def _all(policy: Policy) -> Iterator[Policy]:
    yield policy
    if policy.floor is not None:
        yield from _all(policy.floor)


def _judges_by_size(policy: Policy) -> bool:
    places = [*(scope.where for scope in policy.scopes), *(exemption.where for exemption in policy.exemptions)]
    return "max-lines" in policy.limits or any(where.max_lines is not None for where in places)


def _both(first: Finder, second: Finder) -> Finder:
    return lambda data: [*first(data), *second(data)]
