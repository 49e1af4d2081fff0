import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import byline
from byline.cli import main
from byline.commands import COMMANDS
from byline.errors import EXIT_CODES


def start(*arguments: str, cwd: Path, **options) -> subprocess.CompletedProcess[str]:
    """byline as its users start it, in a process of its own."""
    environ = {**os.environ, "PYTHONPATH": str(Path(byline.__file__).parents[1])}
    command = [sys.executable, "-m", "byline", *arguments]
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False, **options)


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"byline {byline.__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_names_every_command_and_exit_code(arguments, capsys):
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in COMMANDS)
    assert all(f"\n  {code} " in out and meaning in out for code, meaning in EXIT_CODES.items())


@pytest.mark.parametrize("name", [*COMMANDS, "policy check", "hook commit-msg"])
def test_every_command_has_help(name, capsys):
    assert main([*name.split(), "--help"]) == 0
    assert f"usage: byline {name.split()[0]}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["scna"], "there is no command scna; did you mean scan?"),
        (["--all"], "--all is not an option of byline itself; options stand after the command"),
        (["scan", "--frob"], "unrecognized arguments: --frob"),
        (["check", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
        (["check", "--all", "--staged"], "--all and --staged cannot be combined"),
        (["scan", "HEAD", "--patch", "x"], "REVISION and --patch cannot be combined"),
        (["check", "--message", "m", "--patch", "p"], "--message and --patch cannot be combined"),
        (["hook"], "byline hook needs a stage"),
        (["hook", "pre-comit"], "there is no stage pre-comit"),
        (["hook", "--frob", "pre-commit"], "byline hook does not know the option --frob"),
        (["hook", "commit-msg"], "the commit-msg hook needs the file with the message"),
        (["policy", "chek"], "byline policy has no subcommand chek"),
        (["tools", "claud-code"], "byline knows no tool called claud-code; did you mean claude-code?"),
        (["tools", "--vendor", "nobody"], "byline knows no vendor called nobody"),
        (
            ["tools", "claude-code", "--mode", "agent"],
            "NAME cannot be combined with --vendor, --mode, --hosting or --format",
        ),
    ],
)
def test_wrong_use_is_one_sentence_with_a_remedy_and_exit_code_2(arguments, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    first, second = err.splitlines()
    assert first.startswith(f"byline: {sentence}")
    assert second.startswith("byline: ")


@pytest.mark.parametrize("arguments", [["scan"], ["check", "--staged"], ["hook", "pre-commit"], ["install"]])
def test_outside_of_a_repository_every_command_says_so(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("byline.commands.install.hook_interpreter", lambda: "/usr/bin/python3")
    assert main(arguments) == 3
    assert f"byline: there is no Git repository in {tmp_path}" in capsys.readouterr().err


def test_a_fault_in_byline_is_one_line_and_a_log(capsys, tmp_path, monkeypatch):
    def fail(_arguments):
        raise ZeroDivisionError("a \x1b[31mfault")

    monkeypatch.setattr("byline.commands.scan.run", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["scan", "--repo", "a b"]) == 70
    (line,) = capsys.readouterr().err.splitlines()
    (log,) = tmp_path.iterdir()
    assert line.startswith(r"byline: this is a fault in byline, not in your work (ZeroDivisionError: a \x1b[31mfault)")
    assert str(log) in line
    story = log.read_text()
    assert "command: byline scan --repo 'a b'" in story
    assert "in fail" in story
    assert byline.__version__ in story


def test_a_fault_without_a_place_for_a_log_tells_the_story_itself(capsys, tmp_path, monkeypatch):
    def fail(_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("byline.commands.scan.run", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert main(["scan"]) == 70
    assert "in fail" in capsys.readouterr().err


def test_an_interruption_ends_with_130(capsys, monkeypatch):
    def interrupt(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("byline.commands.scan.run", interrupt)
    assert main(["scan"]) == 130
    assert capsys.readouterr().err == "byline: interrupted\n"


def test_a_reader_that_goes_away_is_no_fault(tmp_path):
    environ = {**os.environ, "PYTHONPATH": str(Path(byline.__file__).parents[1])}
    command = [
        sys.executable,
        "-c",
        "import sys; from byline.cli import main; sys.exit(main(['tools', 'claude-code'] ))",
    ]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, env=environ, cwd=tmp_path, check=False)
    assert done.stderr == b""
    assert done.returncode == 130


def test_a_hook_on_an_ordinary_commit_prints_nothing_and_loads_no_parser_or_reporter(repository):
    repository.commit("Start", {"a": "a\n"})
    repository.write("b", "b\n")
    repository.git("add", "b")
    repository.write("message", "Add b\n")
    program = (
        "import sys; from byline.cli import main; code = main(['hook', 'commit-msg', 'message']);"
        "print(code, *sorted(sys.modules))"
    )
    environ = {**os.environ, "PYTHONPATH": str(Path(byline.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=repository.path, env=environ, capture_output=True, text=True, check=True
    )
    code, *modules = done.stdout.split()
    assert done.stderr == ""
    assert code == "0"
    assert not set(modules) & {"argparse", "git", "unidiff", "json", "dataclasses", "inspect", "shutil", "tempfile"}
    assert not [name for name in modules if name.startswith("byline.reporters.") and name != "byline.reporters.closing"]


def test_the_module_can_be_started(tmp_path):
    done = start("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("byline ")


def test_a_broken_pipe_to_a_program_of_ours_is_a_fault_and_not_a_reader_that_left(capsys, tmp_path, monkeypatch):
    def fail(_arguments):
        raise BrokenPipeError

    monkeypatch.setattr("byline.commands.scan.run", fail)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["scan"]) == 70


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("command", [["tools"], ["scan"], ["--help"]])
def test_a_full_disk_is_one_sentence(command, repository):
    repository.commit("Start")
    environ = {**os.environ, "PYTHONPATH": str(Path(byline.__file__).parents[1])}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "byline", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environ,
            cwd=repository.path,
            check=False,
        )
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_closed_streams_are_no_fault(repository):
    repository.commit("Start")
    environ = {**os.environ, "PYTHONPATH": str(Path(byline.__file__).parents[1])}
    line = f'"{sys.executable}" -m byline scan >&- 2>&-; exit $?'
    assert subprocess.run(["sh", "-c", line], env=environ, cwd=repository.path, check=False).returncode == 0
