"""What `byline ci` says of a change as a whole: its policy, its description, its squash, and the last run."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from byline.cli import main
from real_git import RealRepository

CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"
BAN = '[policy]\nai = "deny"\n'
DISCLOSE = '[policy]\nai = "disclose"\n[trailers]\ndisclose = { Assisted-by = "{tool}" }\n'
SECTION = DISCLOSE + '[pull-request]\nsection = "AI disclosure"\ntick = 1\n'
FILLED = "## AI disclosure\n\n- [x] used, for tests\n- [ ] not used\n"
DISCLOSED = f"Add it\n\nAssisted-by: Claude-Code\n{CLAUDE}\n"

Run = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealRepository:
    """A repository with a policy on main, and a branch that is checked out."""
    made = RealRepository.create(tmp_path / "project")
    made.commit("Begin\n", {"byline.toml": DISCLOSE})
    made.git("checkout", "--quiet", "-b", "change")
    for variable in set(os.environ) - {"PATH", "HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"}:
        monkeypatch.delenv(variable)
    monkeypatch.chdir(made.path)
    return made


@pytest.fixture
def run(project: RealRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `byline ci` as in GitHub Actions, on a pull request with some fields."""

    def start(*arguments: str, **request: object) -> tuple[int, dict[str, Any], str]:
        base = {"sha": project.git("rev-parse", "main"), "ref": "main", "repo": request.pop("base_repo", {})}
        head = {"sha": project.head, "ref": "change"}
        event = {"pull_request": {"number": 7, "title": "A change", "base": base, "head": head, **request}}
        (project.path.parent / "event.json").write_text(json.dumps(event))
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(project.path.parent / "event.json"))
        code = main(["ci", "--format", "json", *arguments])
        shown = capsys.readouterr()
        return code, json.loads(shown.out or "{}"), shown.err

    return start


def about(report: dict[str, Any], what: str) -> dict[str, Any]:
    """What the report says of the change besides its commits."""
    found: list[dict[str, Any]] = [entry for entry in report["commits"] if entry.get("about") == what]
    assert len(found) == 1
    return found[0]


def policy_on_main(project: RealRepository, policy: str) -> None:
    project.git("checkout", "--quiet", "main")
    project.commit("Set the policy\n", {"byline.toml": policy})
    project.git("checkout", "--quiet", "change")


def test_the_policy_of_the_target_counts_and_a_change_of_it_is_told(project: RealRepository, run: Run) -> None:
    project.commit(f"Allow everything\n\n{CLAUDE}\n", {"byline.toml": '[policy]\nai = "allow"\n'})
    code, report, _ = run()
    assert code == 1
    assert report["policy"]["ai"] == "disclose"
    assert "alters byline.toml" in about(report, "policy file")["reason"]


def test_dates_of_the_policy_that_have_passed_are_told_and_block_nothing(project: RealRepository, run: Run) -> None:
    ended = "".join(f'[[exempt]]\ntool = "codex"\nuntil = 2020-01-31\nreason = "{number}"\n' for number in range(6))
    policy_on_main(project, f'[policy]\nai = "disclose"\nreview-by = 2020-01-31\n{ended}')
    project.commit("Add it\n", {"a.txt": "a\n"})
    code, report, told = run()
    assert code == 0
    notes = report["change"]["notes"]
    assert notes[0] == "the policy was to be reviewed by now (byline.toml:3)"
    assert notes[1] == 'exemption "0" ended with 2020-01-31 (byline.toml:4)'
    assert notes[-1] == "and 2 more of these"
    assert all(f"byline: {note}\n" in told for note in notes)


def test_the_newest_policy_of_the_target_counts(project: RealRepository, run: Run) -> None:
    project.commit(DISCLOSED, {"a.txt": "a\n"})
    assert run()[0] == 0
    policy_on_main(project, BAN)
    assert run()[0] == 1


def test_a_base_that_somebody_names_brings_no_policy_of_its_own(project: RealRepository, run: Run) -> None:
    policy_on_main(project, BAN)
    project.git("rebase", "--quiet", "main")
    project.commit("Allow it\n", {"byline.toml": '[policy]\nai = "allow"\n'})
    project.commit(f"Add it\n\n{CLAUDE}\n", {"a.txt": "a\n"})
    assert run("--base", "HEAD~1", "--target", "main")[0] == 1


def test_without_a_policy_on_the_target_nothing_is_forbidden_and_it_is_said(project: RealRepository, run: Run) -> None:
    project.git("checkout", "--quiet", "main")
    project.commit("Drop the policy\n", {"byline.toml": None})
    project.git("checkout", "--quiet", "change")
    project.commit(f"Add it\n\n{CLAUDE}\n", {"a.txt": "a\n", "byline.toml": BAN})
    code, report, told = run()
    assert code == 0
    assert report["policy"]["file"] is None
    assert "there is no policy file on main" in told
    assert "judged without a policy, as there is none on main" in about(report, "policy file")["reason"]


@pytest.mark.parametrize(
    ("body", "code", "reason"),
    [
        (FILLED, 0, ""),
        (FILLED.replace("[ ]", "[x]"), 1, "the number of ticked boxes must be 1, and it is 2"),
        ("Nothing here\n", 1, 'the description has no section "AI disclosure"'),
        (None, 1, 'the description has no section "AI disclosure"'),
        ("x" * (2 << 20), 3, "the description is cut off"),
    ],
    ids=["filled in", "two boxes", "no section", "empty", "huge"],
)
def test_the_description_is_judged(project: RealRepository, run: Run, body: str | None, code: int, reason: str) -> None:
    policy_on_main(project, SECTION)
    project.commit("Add it\n", {"a.txt": "a\n"})
    ended, report, _ = run(body=body)
    assert ended == code
    assert reason in about(report, "description")["reason"]


def test_a_description_that_nobody_hands_over_is_no_pass(
    project: RealRepository, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    policy_on_main(project, SECTION)
    project.commit("Add it\n", {"a.txt": "a\n"})
    assert main(["ci", "--base", "main"]) == 3
    assert "byline ci --pr-body FILE" in capsys.readouterr().out
    body = project.path.parent / "body.md"
    body.write_text(FILLED)
    assert main(["ci", "--base", "main", "--pr-body", str(body)]) == 0
    assert main(["ci", "--base", "main", "--pr-body", str(body / "nowhere")]) == 3


def test_a_truncated_description_can_pass_but_not_fail(
    project: RealRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy_on_main(project, SECTION)
    sha = project.commit("Add it\n", {"a.txt": "a\n"})
    variables = {
        "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": project.git("merge-base", "main", sha),
        "CI_COMMIT_SHA": sha,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_DESCRIPTION": "only the beginning",
        "CI_MERGE_REQUEST_DESCRIPTION_IS_TRUNCATED": "true",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(["ci"]) == 3
    assert "cut off" in capsys.readouterr().out


def test_the_message_of_a_planned_squash_is_judged(project: RealRepository, run: Run) -> None:
    project.commit(DISCLOSED, {"a.txt": ":contentReference[oaicite:0]{index=0}\n"})
    planned = {"merge_method": "squash", "commit_title": "A change (#7)", "commit_message": "words"}
    code, report, _ = run(auto_merge=planned)
    squash = [entry for entry in report["commits"] if entry.get("about") == "squash message"]
    assert code == 1
    assert [entry["outcome"] for entry in squash] == ["blocked", "warned"]
    assert "would drop Assisted-by: Claude-Code" in squash[1]["reason"]
    planned["commit_message"] = "words\n\nAssisted-by: Claude-Code"
    assert run(auto_merge=planned)[0] == 0


def test_what_a_possible_squash_would_drop_is_told_and_blocks_nothing(project: RealRepository, run: Run) -> None:
    project.commit(DISCLOSED, {"a.txt": "a\n"})
    settings = {"allow_squash_merge": True, "squash_merge_commit_message": "PR_BODY"}
    code, report, _ = run(base_repo=settings, body="words")
    assert code == 0
    squash = about(report, "squash message")
    assert squash["outcome"] == "annotated"
    assert "Assisted-by: Claude-Code" in squash["reason"]
    _, report, _ = run(base_repo=settings, body="words\n\nAssisted-by: Claude-Code")
    assert not [entry for entry in report["commits"] if entry.get("about")]


def test_a_squash_of_several_messages_buries_trailers(project: RealRepository, run: Run) -> None:
    project.commit(DISCLOSED, {"a.txt": "a\n"})
    project.commit("More\n", {"b.txt": "b\n"})
    settings = {"allow_squash_merge": True, "squash_merge_commit_message": "COMMIT_MESSAGES"}
    _, report, _ = run(base_repo=settings)
    assert "bury in the middle" in about(report, "squash message")["reason"]


def test_several_reports_of_one_run(project: RealRepository, run: Run) -> None:
    project.commit(f"Add it\n\n{CLAUDE}\n", {"a.txt": "a\n"})
    folder = project.path.parent
    code, _, _ = run("--report", f"sarif={folder}/a.sarif", "--report", f"junit={folder}/a.xml")
    assert code == 1
    assert json.loads((folder / "a.sarif").read_text())["runs"][0]["results"]
    assert "<failure" in (folder / "a.xml").read_text()


@pytest.mark.parametrize(
    ("report", "words"), [("serif=x", "did you mean sarif?"), ("sarif", "names no file"), ("sarif=", "names no file")]
)
def test_a_report_that_cannot_be_meant_is_refused(
    project: RealRepository, capsys: pytest.CaptureFixture[str], report: str, words: str
) -> None:
    assert main(["ci", "--base", "main", "--report", report]) == 2
    assert words in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_named_with_its_own_option(
    project: RealRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = project.path / "nowhere" / "x"
    assert main(["ci", "--base", "main", "--report", f"junit={missing}"]) == 3
    assert "Name another place with --report junit=FILE." in capsys.readouterr().err
    assert main(["ci", "--base", "main", "--output", str(missing)]) == 3
    assert "Name another place with --output FILE." in capsys.readouterr().err


def test_the_text_says_what_to_do_if_a_mark_is_wrong(
    project: RealRepository, capsys: pytest.CaptureFixture[str]
) -> None:
    policy_on_main(project, '[policy]\nai = "deny"\n')
    project.commit(f"Add it\n\n{CLAUDE}\n")
    assert main(["ci", "--base", "main"]) == 1
    assert capsys.readouterr().out.endswith(
        "\nwhat a mark means, and what if it is wrong: byline explain claude-code.co-author\n"
    )


def test_exit_zero_is_for_what_is_blocked_and_not_for_what_was_not_checked(
    project: RealRepository, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    policy_on_main(project, SECTION)
    project.commit("Add it\n", {"a.txt": "a\n"})
    assert main(["ci", "--base", "main", "--exit-zero"]) == 3
    capsys.readouterr()
    project.commit(f"Add more\n\n{CLAUDE}\n", {"b.txt": "b\n"})
    assert run("--exit-zero", body=FILLED)[0] == 0


def test_what_is_different_from_the_last_run(project: RealRepository, run: Run) -> None:
    first = project.commit(f"Add it\n\n{CLAUDE}\n", {"a.txt": "a\n"})
    previous = project.path.parent / "previous.json"
    run("--report", f"json={previous}")
    assert "nothing changed" in run("--previous", str(previous))[2]
    project.commit(DISCLOSED, {"b.txt": "b\n"})
    _, report, told = run("--previous", str(previous))
    assert "1 commit is new" in told
    assert report["summary"]["notes"] == ["since the last run, 1 commit is new"]
    policy_on_main(project, '[policy]\nai = "allow"\n')
    assert f"{first[:10]} was blocked and is annotated" in run("--previous", str(previous))[2]
    project.git("reset", "--quiet", "--hard", "main")
    assert "1 commit is gone" in run("--previous", str(previous))[2]


@pytest.mark.parametrize("content", ["not json", "[]", '{"commits": [1]}', '{"commits": [{"sha": null}]}'])
def test_a_last_run_that_is_none(project: RealRepository, capsys: pytest.CaptureFixture[str], content: str) -> None:
    (project.path.parent / "previous.json").write_text(content)
    assert main(["ci", "--base", "main", "--previous", str(project.path.parent / "previous.json")]) == 3
    assert "is no report of byline ci" in capsys.readouterr().err


def test_github_gets_annotations_and_a_job_summary(
    project: RealRepository, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.commit(f"::error::pwned ##[error]x\n\n{CLAUDE}\n", {"a.txt": "a\n"})
    run()
    summary = project.path.parent / "summary.md"
    summary.write_text("from another tool\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["ci"]) == 1
    shown = capsys.readouterr()
    commands = [line for line in shown.out.split("\n") if line.lstrip().startswith("::")]
    assert len(commands) == 1
    assert commands[0].startswith("::error title=byline%3A Claude Code%3A to be disclosed::commit ")
    assert "##[" not in shown.out.replace(commands[0], "")
    assert summary.read_text().startswith("from another tool\n## byline\n")


def test_no_git(project: RealRepository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PATH", str(project.path))
    assert main(["ci", "--base", "main"]) == 3
    assert "git was not found" in capsys.readouterr().err


def test_json_meets_its_schema(project: RealRepository, run: Run) -> None:
    import jsonschema

    from byline import reporters

    schema = json.loads((Path(reporters.__file__).parent / "schemas" / "report.schema.json").read_text())
    policy_on_main(project, SECTION)
    project.commit(DISCLOSED, {"a.txt": "a\n"})
    _, report, _ = run(body=FILLED)
    jsonschema.validate(report, schema)
    assert report["summary"]["commits"] == 1


def test_a_repository_with_longer_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = RealRepository.create(tmp_path / "sha256", "--object-format=sha256")
    made.commit("Begin\n", {"byline.toml": BAN})
    made.git("checkout", "--quiet", "-b", "change")
    made.commit(f"Add it\n\n{CLAUDE}\n", {"a.txt": "a\n"})
    monkeypatch.chdir(made.path)
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_COMMIT_SHA", made.head)
    monkeypatch.setenv("CI_COMMIT_BEFORE_SHA", "0" * 64)
    monkeypatch.setenv("CI_COMMIT_BRANCH", "change")
    monkeypatch.setenv("CI_DEFAULT_BRANCH", "main")
    assert main(["ci"]) == 1
    assert "BLOCKED" in capsys.readouterr().out
