"""The compiled catalogue is the same catalogue."""

from pathlib import Path

from byline.catalogue.compile import compiled_source
from byline.catalogue.load import TOOLS_FOLDER, bundled_tools, tools_in_folder
from byline.catalogue.packed import unpack_tool

EVERY_SURFACE = """
id = "acme"
name = "Acme \U0001f916"
vendor = "acme"
hosting = "local"
modes = ["agent", "review"]
url = "https://acme.example"
""" + "".join(
    f"""
[[mark]]
id = "acme.m{number}"
confidence = "likely"
shows = "assisted"
source = "https://acme.example"
matches = "a"
ignores = '''b "c"'''
{fields}
"""
    for number, fields in enumerate(
        [
            'surface = "trailer"\nemail = "a@b.example"\nname = "A"\nmode = "agent"',
            'surface = "trailer"\ngithub-id = [1, 2]\ngithub-login = "x"',
            'surface = "trailer"\nkey = ["Assisted-by", "Generated-by"]\nnames = ["Acme Coder"]',
            'surface = "trailer"\nvalue = "acme/.*"\nuntil = 2026-01-31',
            'surface = "trailer"\nkey = "Acme-Id"\nany-value = true',
            'surface = "identity"\npattern = "acme bot"\nrole = "author"',
            'surface = "message"\nfooter = "Acme"',
            'surface = "message"\npattern = "acme"\nneedle = "acmes"',
            'surface = "line"\npattern = "acme"\nneedle = "acmes"\npaths = "*.py"',
            'surface = "path"\npath = ".acme/**"',
            'surface = "config"\npath = "a.json"\npointer = "a.*"\nvalue = [true, 1, "x"]',
        ]
    )
)


def test_compiled_tools_equal_those_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(EVERY_SURFACE, encoding="utf-8")
    namespace: dict[str, tuple[tuple[object, ...], ...]] = {}
    exec(compiled_source(str(tmp_path)), namespace)
    unpacked = [unpack_tool(packed) for packed in namespace["TOOLS"]]
    assert unpacked == list(tools_in_folder(str(tmp_path)))
    assert [type(mark.match) for mark in unpacked[0].marks] == [
        type(mark.match) for mark in tools_in_folder(str(tmp_path))[0].marks
    ]


def test_the_bundled_catalogue_is_that_of_the_files() -> None:
    assert list(bundled_tools()) == list(tools_in_folder(TOOLS_FOLDER))
