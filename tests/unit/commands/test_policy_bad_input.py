"""A policy that cannot be used stops every command that needs it, with all its faults at once; nothing is decided."""

import pytest

CLAUDE = "Co-Authored-By: Claude <noreply@anthropic.com>"

FAULTY = {
    "unknown words": b"[polcy]\nai = 'deny'\n[tools]\ncodex = 'denny'\n",
    "circular": b"extends = 'base.toml'\n[policy]\nai = 'denny'\n",
    "missing": b"extends = ['gone.toml', 'fedoraa']\n[policy]\nai = 'denny'\n",
    "empty scope": b"[[scope]]\n[[scope]]\npaths = '[a'\nai = 'deny'\n",
    "dates": b"[policy]\nsince = '2026-01-01'\nreview-by = 2026-01-01T00:00:00Z\n",
    "templates": b"[trailers]\ndisclose = { A = '{', B = '[x' }\n",
    "expressions": b"[define.x]\nhosting = 'local'\nmatch = ['A: *a*a*a*a*a*a*a*a*a*']\n[policy]\nai = 'denny'\n",
    "too large": b"#" * (10 << 20),
    "latin-1": b"[policy]\nname = '\xe9'\n",
    "utf-16": "[policy]\nai = 'deny'\n".encode("utf-16"),
    "CR": b"[policy]\rai = 'deny'\r",
}


@pytest.fixture(params=FAULTY)
def faulty(request, inside):
    files = {"byline.toml": FAULTY[request.param], "base.toml": b"extends = 'byline.toml'\n"}
    inside.commit(f"Set a policy\n\n{CLAUDE}\n", files)
    inside.write("message", f"Add x\n\n{CLAUDE}\n")
    return inside


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--format", "jsonl"),
        ("hook", "commit-msg", "message"),
        ("policy", "check"),
        ("policy", "show"),
        ("policy", "test"),
        ("policy", "diff", "byline.toml", "fedora"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_nothing_is_decided(faulty, byline, command):
    code, out, err = byline(*command)
    assert code == 3
    assert out == ""
    assert "byline.toml" in err
    assert " fault" in err.splitlines()[0] or "the policy has" in err


def test_all_faults_of_all_kinds_in_one_report(inside, byline):
    inside.write("base.toml", b"extends = 'byline.toml'\n[limits]\nmax-lines = -1\n")
    inside.write(
        "byline.toml",
        b"\xef\xbb\xbfextends = ['base.toml', 'fedoraa']\r\n[policy]\r\nai = 'denny'\r\n"
        b"[tools]\r\nclaud-code = 'deny'\r\n"
        b"[trailers]\r\ndisclose = { A = '{' }\r\n[[scope]]\r\n[define.x]\r\nhosting = 'moon'\r\nmatch = 'nothing'\r\n",
    )
    code, _, err = byline("policy", "check")
    assert code == 3
    assert [line.split(" ")[2].rstrip(":") for line in err.splitlines()[1:]] == [
        "byline.toml:1",
        "byline.toml:3",
        "byline.toml:5",
        "byline.toml:7",
        "byline.toml:8",
        "byline.toml:8",
        "byline.toml:10",
        "byline.toml:11",
        "base.toml:1",
        "base.toml:3",
    ]
