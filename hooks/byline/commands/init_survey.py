"""What `byline init` finds in a repository before it proposes anything."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from byline.catalogue.load import Catalogue, load_catalogue
from byline.commands.examination import Examination, examine_history, usual_jobs
from byline.detectors import Detection, prepare
from byline.errors import UnknownRevision
from byline.model import Commit, Confidence, ConfigFile, FileChange, Finding, Identity, Place, Shows
from byline.reporters.survey_text import Found
from byline.repository.location import Repository
from byline.repository.revisions import select_commits
from byline.repository.tracked_files import read_tracked, tracked_files

MOST_COMMITS = 5000
"""The newest commits of HEAD that are looked at; enough to know what is usual here."""

_MOST_CONFIGS = 200
_USE = (Shows.GENERATED, Shows.ASSISTED)

_LANGUAGES = {
    "c": "C", "h": "C", "cc": "C++", "cpp": "C++", "hpp": "C++", "cs": "C#", "dart": "Dart", "ex": "Elixir", "go": "Go",
    "hs": "Haskell", "java": "Java", "js": "JavaScript", "kt": "Kotlin", "lua": "Lua", "ml": "OCaml", "nix": "Nix",
    "php": "PHP", "pl": "Perl", "py": "Python", "r": "R", "rb": "Ruby", "rs": "Rust", "scala": "Scala", "sh": "Shell",
    "swift": "Swift", "ts": "TypeScript", "tsx": "TypeScript", "vue": "Vue", "zig": "Zig",
}  # fmt: skip
_HOOKS = {
    ".pre-commit-config.yaml": "pre-commit",
    "prek.toml": "prek",
    "lefthook.yml": "lefthook",
    "lefthook.yaml": "lefthook",
    ".husky/": "husky",
    ".overcommit.yml": "overcommit",
}
_CI = {
    ".github/workflows/": "GitHub Actions",
    ".gitlab-ci.yml": "GitLab CI",
    ".forgejo/workflows/": "Forgejo Actions",
    ".circleci/": "CircleCI",
    ".woodpecker": "Woodpecker",
    "Jenkinsfile": "Jenkins",
    "azure-pipelines.yml": "Azure Pipelines",
    "bitbucket-pipelines.yml": "Bitbucket Pipelines",
    ".buildkite/": "Buildkite",
    ".travis.yml": "Travis CI",
    "appveyor.yml": "AppVeyor",
    ".drone.yml": "Drone",
    ".zuul.yaml": "Zuul",
}


def survey(repository: Repository) -> tuple[Found, str]:
    """What the files and the newest commits show, and the id of HEAD's commit, empty before the first.

    Raises what reading them raises.
    """
    catalogue = load_catalogue()
    paths = tracked_files(repository)
    detection = prepare(catalogue, long_run=True)
    shas = _history(repository)
    used, marked = _marks(repository, shas[:MOST_COMMITS], detection)
    found = Found(
        languages=_languages(paths),
        hooks=_known(_HOOKS, paths),
        ci=_known(_CI, paths),
        setup=_setup(repository, paths, catalogue),
        commits=min(len(shas), MOST_COMMITS),
        marked=marked,
        partly=len(shas) > MOST_COMMITS,
        tools={_name(catalogue, tool): count for tool, count in used.most_common()},
    )
    return found, shas[0] if shas else ""


def _languages(paths: Sequence[str]) -> tuple[str, ...]:
    endings = (path.rpartition("/")[2].rpartition(".")[2].lower() for path in paths)
    counts = Counter(_LANGUAGES[ending] for ending in endings if ending in _LANGUAGES)
    return tuple(language for language, _ in counts.most_common(3))


def _known(places: dict[str, str], paths: Sequence[str]) -> tuple[str, ...]:
    """What the files show, where a place is a file, or a folder that ends in a slash."""
    found = (name for place, name in places.items() if any(_at(path, place) for path in paths))
    return tuple(dict.fromkeys(found))


def _at(path: str, place: str) -> bool:
    return path.startswith(place) if place.endswith("/") else path == place or path.startswith(f"{place}.")


def _setup(repository: Repository, paths: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """Names of tools that files of the working tree set up, with one of these files."""
    detection = prepare(catalogue)
    nobody = Identity("", "")
    configs = islice((path for path in paths if detection.search.is_config(path)), _MOST_CONFIGS)
    read = ((path, read_tracked(repository, path)) for path in configs)
    commit = Commit(
        None,
        (),
        nobody,
        nobody,
        None,
        changes=tuple(FileChange(path, "A") for path in paths),
        configs=tuple(ConfigFile(path, None, data) for path, data in read if data is not None),
    )
    found: dict[str, str] = {}
    for finding in detection.detect(commit):
        if finding.path is not None and catalogue.tool(finding.tool) is not None:
            found.setdefault(_name(catalogue, finding.tool), finding.path)
    return found


def _history(repository: Repository) -> list[str]:
    """The newest commits of HEAD, one more than are looked at."""
    try:
        return list(islice(select_commits(repository, (), head_history=True), MOST_COMMITS + 1))
    except UnknownRevision:
        return []


def _marks(repository: Repository, shas: Sequence[str], detection: Detection) -> tuple[Counter[str], int]:
    """How many commits carry marks of each tool, and how many of any."""
    here = Examination(detection, None, Place.PUSH)
    used: Counter[str] = Counter()
    marked = 0
    for report in examine_history(repository, shas, here, _elsewhere, usual_jobs()):
        tools = {finding.tool for finding in _uses(report.findings)}
        used.update(tools)
        marked += bool(tools)
    return used, marked


def _elsewhere() -> Examination:
    return Examination(prepare(load_catalogue(), long_run=True), None, Place.PUSH)


def _uses(findings: Sequence[Finding]) -> Iterator[Finding]:
    return (one for one in findings if one.shows in _USE and one.confidence is not Confidence.HINT)


def _name(catalogue: Catalogue, tool_id: str) -> str:
    tool = catalogue.tool(tool_id)
    return tool.name if tool is not None else tool_id
