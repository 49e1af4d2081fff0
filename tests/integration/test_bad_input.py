"""What people get wrong, and what repositories can hold: one sentence, a remedy, the right exit code, nothing lost.

What git makes of it is the same in every version, so these tests run with one git.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from integration.clone import BAN, CLAUDE, RESIDUE, Clone, Ended, Programs, make_home


@pytest.fixture(scope="session")
def programs(byline_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """The programs of the person, with the git on the PATH."""
    return Programs(Path(str(shutil.which("git"))).parent, byline_folder, make_home(tmp_path_factory.mktemp("someone")))


def told(ended: Ended, code: int, *words: str) -> None:
    """It ended with this code and said at most a few lines on standard error, with these words, and no traceback."""
    assert ended.code == code, ended.err
    for word in words:
        assert word in ended.err
    assert "Traceback" not in ended.err
    assert "fault in byline" not in ended.err
    lines = ended.err.splitlines()
    assert 0 < len(lines) <= 8, ended.err
    assert all(line.startswith(("byline: ", "  ")) for line in lines), ended.err


COMMANDS = ("scan", "check", "check --staged", "hook pre-commit", "hook commit-msg x", "install")


@pytest.mark.parametrize("command", COMMANDS)
def test_outside_a_repository(clone: Clone, tmp_path: Path, command: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    ended = clone.attempt("byline", *command.split(), cwd=tmp_path / "elsewhere")
    told(ended, 3, f"there is no Git repository in {tmp_path / 'elsewhere'}", "--repo DIR")


def test_a_folder_that_does_not_exist(clone: Clone) -> None:
    told(clone.attempt("byline", "scan", "--repo", "nowhere"), 3, "there is no directory nowhere")
    told(clone.attempt("byline", "scan", "--repo", "readme.txt"), 3, "readme.txt is not a directory")


def test_a_repository_without_a_commit(programs: Programs, tmp_path: Path) -> None:
    empty = Clone.begin(tmp_path / "empty", programs)
    told(empty.attempt("byline", "check"), 3, "there is no commit here yet", "Make a first commit")
    assert empty.attempt("byline", "check", "--all").code == 0
    told(empty.attempt("byline", "ci", "--base", "HEAD"), 3, "there is no commit here yet", "Make a first commit")
    told(empty.attempt("byline", "check", "--policy", "HEAD:byline.toml"), 3, "there is no commit here yet")


UNKNOWN = ("nosuch", "main..nosuch", "HEAD~99", "deadbeef", "v1.0^{tree}", "-x..main", "a b")


@pytest.mark.parametrize("revision", UNKNOWN)
def test_an_unknown_revision(clone: Clone, revision: str) -> None:
    ended = clone.attempt("byline", "check", "--", revision)
    told(ended, 3, "byline: ")
    assert any(part and part in ended.err for part in revision.split("..")[::-1])


def test_a_range_written_backwards(clone: Clone) -> None:
    clone.commit("Go on")
    ended = clone.attempt("byline", "check", "HEAD..HEAD^")
    told(ended, 2, "HEAD^..HEAD")


def test_an_empty_range_is_fine(clone: Clone) -> None:
    ended = clone.attempt("byline", "check", "HEAD..HEAD")
    assert ended.code == 0
    assert ended.out.startswith("0 commits checked")


def test_a_shallow_clone_that_lacks_the_base(clone: Clone, tmp_path: Path) -> None:
    first = clone.head
    for number in range(4):
        clone.commit(f"Change {number}")
    clone.git("clone", "--quiet", "--depth", "2", f"file://{clone.path}", str(tmp_path / "shallow"))
    shallow = Clone(tmp_path / "shallow", clone.programs)
    told(shallow.attempt("byline", "check", f"{first}..HEAD"), 3, "shallow", "git fetch --unshallow")
    whole = shallow.attempt("byline", "check")
    assert whole.code == 3
    assert f"NOT CHECKED  {shallow.git('rev-parse', 'HEAD^')[:10]}" in whole.out
    assert "its parents are not in this shallow clone" in whole.out
    assert shallow.attempt("byline", "check", "HEAD").code == 0


FAULTY = {
    'ai = "denied"\n': ["byline.toml:2", '"deny"'],
    'ai = "deny"\nadvise = "x"\n': ["byline.toml:3", 'unknown key "advise"'],
    'ai = "deny"\n[tols]\nclaude = "deny"\n': ["byline.toml:3", 'did you mean "tools"?'],
    'ai = "deny"\n[tools]\nclaud = "deny"\n': ["byline.toml:4", 'did you mean "claude'],
    "ai = deny\n": ["byline.toml:2"],
    'ai = "deny"\n[enforce]\ncommit = "maybe"\n[evidence]\nblock = ["sure"]\n': ["toml:4", "toml:6", "2 faults"],
}


@pytest.mark.parametrize(("text", "words"), FAULTY.items(), ids=range(len(FAULTY)))
def test_a_faulty_policy_stops_every_command_with_all_its_faults(clone: Clone, text: str, words: list[str]) -> None:
    clone.write("byline.toml", "[policy]\n" + text)
    for command in (["check"], ["check", "--staged"], ["policy", "check"], ["hook", "pre-commit"]):
        told(clone.attempt("byline", *command), 3, *words)
    before = clone.head
    ended = clone.attempt("git", "commit", "--quiet", "--allow-empty", "-m", "Add nothing")
    told(ended, 1, *words)
    assert clone.head == before


def test_two_policies(clone: Clone) -> None:
    clone.write(".byline.toml", BAN)
    told(clone.attempt("byline", "check"), 3, "byline.toml and .byline.toml", "Keep byline.toml")


def test_a_policy_that_is_not_utf_8_or_a_folder(clone: Clone) -> None:
    clone.write("byline.toml", b'[policy]\nai = "deny"\nname = "Gr\xfc\xdfe"\n')
    told(clone.attempt("byline", "check"), 3, "byline.toml", "UTF-8")
    (clone.path / "byline.toml").unlink()
    (clone.path / "byline.toml").mkdir()
    told(clone.attempt("byline", "check"), 3, "byline.toml cannot be read")


def test_a_policy_that_is_named_and_not_there(clone: Clone) -> None:
    told(clone.attempt("byline", "check", "--policy", "nosuch.toml"), 3, "nosuch.toml cannot be read")
    told(clone.attempt("byline", "check", "--policy", "HEAD:nosuch.toml"), 3, "there is no file nosuch.toml in HEAD")
    told(clone.attempt("byline", "check", "--policy", "nosuch:byline.toml"), 3, "there is no commit called 'nosuch'")
    told(clone.attempt("byline", "check", "--policy", "HEAD:"), 3, "Write it as REF:PATH")


@pytest.mark.skipif(os.name == "nt", reason="permissions are those of POSIX")
def test_a_file_that_may_not_be_read(clone: Clone) -> None:
    secret = clone.write("message", "Add\n")
    if os.geteuid() == 0:  # root may read everything but a folder as a file
        secret.unlink()
        secret.mkdir()
    else:
        secret.chmod(0)
    told(clone.attempt("byline", "check", "--message", "message"), 3, "message cannot be read")
    told(clone.attempt("byline", "check", "--patch", "message"), 3, "message cannot be read")
    told(clone.attempt("byline", "check", "--message", "nosuch"), 3, "nosuch cannot be read")
    told(clone.attempt("byline", "check", "--output", "nosuch/report"), 3, "nosuch/report")


def test_without_git(clone: Clone, tmp_path: Path) -> None:
    python = clone.programs.byline / "python"
    ended = clone.attempt(str(python), "-I", "-m", "byline", "check", env={"PATH": str(tmp_path)})
    told(ended, 3, "the program git was not found", "Install git")


WRONG = {
    "chekc": "did you mean check?",
    "--staged": "--staged is not an option of byline itself",
    "check --stagged": "--stagged",
    "check --format xml": "xml",
    "check --all --staged": "--all and --staged cannot be combined",
    "hook": "needs a stage",
    "hook pre-comit": "there is no stage pre-comit",
    "hook commit-msg": "needs the file with the message",
    "explain nosuch.mark": "nosuch.mark is neither a mark",
    "tools claud": "did you mean claude",
    "policy chek": "no subcommand chek",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_use(clone: Clone, line: str) -> None:
    told(clone.attempt("byline", *line.split()), 2, WRONG[line])


def test_a_message_that_is_not_utf_8(clone: Clone) -> None:
    clone.write("message", b"Gr\xfc\xdfe\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n")
    ended = clone.attempt("byline", "check", "--message", "message")
    assert ended.code == 1
    assert f"message line 3: {CLAUDE}" in ended.out
    assert ended.err == ""


ODD_NAMES = ["a b.txt", 'a"b.txt', "a\tb.txt", "a\nb.txt", "-option.txt", "grün.txt", ":(top).txt"]
ODD_BYTES = b"not-utf8-\xff.txt"


def test_files_with_odd_names(clone: Clone) -> None:
    for name in ODD_NAMES:
        clone.write(name, f"{RESIDUE}\n")
    with open(os.path.join(os.fsencode(clone.path), ODD_BYTES), "wb") as file:
        file.write(f"{RESIDUE}\n".encode())
    clone.git("add", "--all")
    ended = clone.attempt("git", "commit", "-m", "Add files")
    assert ended.code == 1
    assert "-option.txt:1" in ended.err
    clone.commit("Add files")
    report = clone.attempt("byline", "check", "HEAD", "--format", "jsonl")
    assert report.code == 1
    found = {finding["path"] for finding in json.loads(report.out)["findings"]}
    assert found >= set(ODD_NAMES)
    assert len(found) == len(ODD_NAMES) + 1
    text = clone.attempt("byline", "check", "HEAD").out
    assert "\t" not in text
    assert "\udcff" not in text


def test_a_binary_file_and_a_binary_patch(clone: Clone, tmp_path: Path) -> None:
    clone.write("image.png", b"\x89PNG\0" + bytes(range(256)) * 40)
    clone.git("add", "image.png")
    assert clone.attempt("git", "commit", "--quiet", "-m", "Add an image") == (0, "", "")
    (tmp_path / "image.patch").write_bytes(clone.git_bytes("format-patch", "-1", "--binary", "--stdout"))
    ended = clone.attempt("byline", "check", "--patch", str(tmp_path / "image.patch"))
    assert ended.code in (0, 3), "either it was read, or it says that it was not"
    assert (ended.code == 0) == ("could not be checked: " not in ended.out)


def test_a_patch_that_is_none(clone: Clone, tmp_path: Path) -> None:
    for content in (b"", b"Dear all,\n\nhello.\n", b"\0\1\2" * 100):
        (tmp_path / "x.patch").write_bytes(content)
        told(clone.attempt("byline", "check", "--patch", str(tmp_path / "x.patch")), 3, "x.patch")


def test_a_mark_at_the_end_of_a_large_file(clone: Clone) -> None:
    with open(clone.path / "large.log", "wb") as file:
        for _ in range(200):
            file.write(b"0123456789abcdef 0123456789abcdef 0123456789abcdef 0123456789ab\n" * 16384)
        file.write(f"{RESIDUE}\n".encode())
    clone.git("-c", "core.compression=0", "add", "large.log")
    ended = clone.attempt("git", "commit", "--quiet", "-m", "Add a log")
    assert ended.code == 1, "it is judged, or it says that it was not"
    assert "large.log" in ended.err
    assert len(ended.said) < 20


UNREADABLE = "Import the log\n\n" + "a line of the log\n" * 80_000


@pytest.mark.parametrize(("on_error", "code"), [("block", 1), ("allow", 0)])
def test_what_a_client_does_when_it_could_not_check(make_clone, tmp_path: Path, on_error: str, code: int) -> None:
    clone = make_clone(f'{BAN}\n[enforce]\non-error = "{on_error}"\n')
    (tmp_path / "draft").write_text(UNREADABLE)
    ended = clone.attempt("git", "commit", "--quiet", "--allow-empty", "-F", str(tmp_path / "draft"))
    assert ended.code == code
    assert "could not be checked" in ended.err
    assert ('going on without the check, because the policy says on-error = "allow"' in ended.err) == (code == 0)


def test_on_error_does_not_excuse_what_the_policy_forbids(make_clone, tmp_path: Path) -> None:
    clone = make_clone(f'{BAN}\n[enforce]\non-error = "allow"\n')
    (tmp_path / "draft").write_text(f"Import\n\n{CLAUDE}\n")
    assert clone.attempt("git", "commit", "--allow-empty", "-F", str(tmp_path / "draft")).code == 1


def test_a_damaged_repository_is_not_passed(clone: Clone) -> None:
    sha = clone.commit("Add a", {"a.txt": f"{RESIDUE}\n"})
    clone.object_file(clone.git("rev-parse", "HEAD:a.txt")).unlink()
    ended = clone.attempt("byline", "check", "HEAD")
    assert ended.code == 3, (sha, ended)
    assert "a.txt" in ended.out + ended.err


def test_standard_input_that_is_no_list_of_commits(clone: Clone) -> None:
    ended = clone.attempt("byline", "check", "--stdin", feed="main\n")
    told(ended, 3, "line 1 of standard input is not a full commit id: main")
    assert clone.attempt("byline", "check", "--stdin", feed=f"{clone.head}\n").code == 0
    unknown = clone.attempt("byline", "check", "--stdin", feed="1" * 40 + "\n")
    assert unknown.code == 3
    assert f"NOT CHECKED  {'1' * 10}" in unknown.out


def test_a_push_hook_started_by_hand(clone: Clone) -> None:
    told(clone.attempt("byline", "hook", "pre-push", "origin", "url", feed="main\n"), 2, "ref lines of a push")
    assert clone.attempt("byline", "hook", "pre-push", "origin", "url") == (0, "", "")
