"""Expressions that are compiled at their first use: they work as compiled ones do, and all of them can be compiled."""

import importlib
import pkgutil
import re

import pytest

import byline
from byline.lazy_pattern import lazy_pattern


def test_it_does_what_the_compiled_expression_does() -> None:
    pattern = lazy_pattern(r"(?P<key>[a-z]+):", re.IGNORECASE)
    found = pattern.match("Key: value")
    assert found is not None
    assert found["key"] == "Key"
    assert pattern.sub("", "A:b:") == ""
    assert pattern.pattern == r"(?P<key>[a-z]+):"
    assert lazy_pattern(rb"\d").findall(b"1a2") == [b"1", b"2"]


def test_a_wrong_expression_is_told_of_when_it_is_used() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_all_expressions_of_byline_can_be_compiled() -> None:
    names = [module.name for module in pkgutil.walk_packages(byline.__path__, "byline.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    lazy = [
        (module.__name__, name, value)
        for module in modules
        for name, value in vars(module).items()
        if type(value) is type(lazy_pattern(""))
    ]
    assert len(lazy) > 20
    for module, name, pattern in lazy:
        assert re.compile(pattern.pattern, pattern.flags), f"{module}.{name}"
