import os
import sys
from pathlib import Path

import pytest

import byline
from byline.actions.interpreter import found_in_isolation, hook_interpreter
from byline.errors import BylineError

SOURCE = str(Path(byline.__file__).parents[1])


def test_an_installed_byline_is_found(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert found_in_isolation(["", SOURCE], "")


@pytest.mark.parametrize("python_path", [SOURCE, os.pathsep.join(["/elsewhere", SOURCE])])
def test_a_source_tree_on_pythonpath_is_not(monkeypatch, tmp_path, python_path):
    monkeypatch.chdir(tmp_path)
    assert not found_in_isolation(["", "/elsewhere", SOURCE], python_path)


def test_the_working_directory_is_not(monkeypatch):
    monkeypatch.chdir(SOURCE)
    assert not found_in_isolation(["", SOURCE], "")


def test_user_packages_are_not(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("site.getusersitepackages", lambda: SOURCE)
    assert not found_in_isolation([SOURCE], "")


def test_the_refusal_says_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with pytest.raises(BylineError) as caught:
        hook_interpreter()
    assert "venv" in caught.value.remedy
