"""Where a CI system says what it was started for: one file a system, from variables and event files to two commits."""

from importlib import import_module

from byline.providers.change import Change, Environment, ReadFile

PROVIDERS: tuple[tuple[str, str], ...] = (
    ("FORGEJO_ACTIONS", "forgejo"),
    ("GITEA_ACTIONS", "forgejo"),
    ("GITHUB_ACTIONS", "github"),
    ("GITLAB_CI", "gitlab"),
    ("BITBUCKET_BUILD_NUMBER", "bitbucket"),
    ("TF_BUILD", "azure"),
    ("ZUUL_PIPELINE", "zuul"),
    ("GERRIT_EVENT_TYPE", "gerrit"),
    ("JENKINS_URL", "jenkins"),
    ("CIRCLECI", "circleci"),
    ("BUILDKITE", "buildkite"),
    ("CI_PIPELINE_EVENT", "woodpecker"),
    ("DRONE", "drone"),
    ("TRAVIS", "travis"),
    ("APPVEYOR", "appveyor"),
    ("TEAMCITY_VERSION", "teamcity"),
    ("PRE_COMMIT", "pre_commit"),
)
"""A variable that a system always sets, and the module that reads the system's variables; the first one set counts.

Systems that also set the variables of another one stand before it. Each module has `read_change(environ, read)`.
"""


def detect(environ: Environment, read: ReadFile) -> Change | None:
    """What the CI system around says about its change; None where none is recognised. Raises UnreadableInput."""
    for variable, module in PROVIDERS:
        if environ.get(variable):
            found: Change = import_module(f"byline.providers.{module}").read_change(environ, read)
            return found
    return None
