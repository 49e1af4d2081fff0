"""The named sets of files that every policy may use. Their meaning is fixed; docs/policy.md lists it from here.

Written after the conventions that linguist collects (https://github.com/github-linguist/linguist, lib/linguist:
languages.yml for the names of source files, documentation.yml, vendor.yml, generated.rb), and after the folder layouts
that test runners and package managers document. A policy with other folders defines a set of its own in `[paths]`.
"""

from collections.abc import Callable
from typing import NamedTuple

from byline.policy.patterns import PathTest, path_test


class PathSet(NamedTuple):
    """What a set means, and the patterns that say so."""

    doc: str
    patterns: tuple[str, ...]


_SOURCE_ENDINGS = """
4gl C H R S abap ada adb ads agda ahk als apl applescript as asm astro au3 awk bas bash bat bats bicep bsv c c++ cbl cc
chpl cjs cl clj cljc cljs cls cmake cmd cob cobol coffee cpp cppm cpy cr cs csh csx cts cu cuh cxx d dart dats di dpr
dts dtsi dyalog e ecl el elm ex exs f f03 f08 f77 f90 f95 factor fish fnl for forth fpp fr frag fs fsi fsx fth gd
gleam glsl go gradle groovy gsp h h++ hbs hcl hh hlsl hpp hrl hs hsc hx hxx icl idl idr inc ino ipp ipynb ixx j jai
java jl js jsm jsonnet jsp jsx ksh kt kts l lagda lds lean lhs lisp ll lsp lua luau m m4 mak metal mjs mk ml ml4
mli mll mly mm mojo move mts nim nimble nims nix nu odin opal p4 pas php php5 phtml pike pl pl6 pm pony pp praat
prolog proto ps1 psgi psm1 purs pxd pxi py pyi pyw pyx q qml r rake raku razor rb rbi rbs rbw re red rego rei rexx rkt
robot roc rs s sas sc scala scd scm scpt sh shader sl slang smali sml sol sqf sql st stan sv svelte svh
swift t tcl tf thrift tla tpp ts tsx twig txx v vala vapi vb vba vbs verse vert vhd vhdl vim vue wat wgsl wl wren xq
xquery xqy xs xsl xslt y yang yy zig zsh
"""

_MEDIA_ENDINGS = """
3ds aac ai aif aiff apng avi avif bmp blend dae dds eot eps exr fbx flac flv gif glb gltf hdr heic heif
icns ico jfif jpeg jpg jxl kra m4a m4v mid midi mkv mov mp3 mp4 mpeg mpg obj ogg ogv opus otf png ppm ps psd
stl svg svgz tga tif tiff ttf usdz wav webm webp wma wmv woff woff2 xcf
"""

_SOURCE_NAMES = (
    "BUILD",
    "BUILD.bazel",
    "CMakeLists.txt",
    "Containerfile",
    "Dockerfile",
    "GNUmakefile",
    "Gemfile",
    "Jenkinsfile",
    "Justfile",
    "Kbuild",
    "Kconfig",
    "Makefile",
    "Makefile.am",
    "Makefile.in",
    "PKGBUILD",
    "Rakefile",
    "SConscript",
    "SConstruct",
    "Vagrantfile",
    "WORKSPACE",
    "configure.ac",
    "justfile",
    "makefile",
    "meson.build",
    "wscript",
)


def _endings(text: str) -> tuple[str, ...]:
    return tuple(f"*.{ending}" for ending in text.split())


PATH_SETS = {
    "code": PathSet(
        "Source files by their name, tests and build scripts included, wherever they stand. "
        "Not data, documentation, configuration, markup or media.",
        (*_endings(_SOURCE_ENDINGS), *_SOURCE_NAMES),
    ),
    "docs": PathSet(
        "Documentation: its folders, text formats made for it, and the usual files at the root of a project.",
        (
            "/doc/",
            "/docs/",
            "/Documentation/",
            "/man/",
            "**/docs/**",
            "*.adoc",
            "*.asciidoc",
            "*.creole",
            "*.markdown",
            "*.md",
            "*.mdx",
            "*.mkd",
            "*.org",
            "*.pod",
            "*.rdoc",
            "*.rst",
            "*.texi",
            "*.texinfo",
            "*.textile",
            "*.wiki",
            "*.[1-9]",
            "AUTHORS",
            "CHANGELOG",
            "CHANGES",
            "CONTRIBUTING",
            "COPYING",
            "HACKING",
            "INSTALL",
            "LICENCE",
            "LICENSE",
            "NEWS",
            "README",
            "README.txt",
            "THANKS",
        ),
    ),
    "tests": PathSet(
        "Tests: their folders, and files named as test runners expect them.",
        (
            "**/test/**",
            "**/tests/**",
            "**/testing/**",
            "**/testsuite/**",
            "**/testdata/**",
            "**/__tests__/**",
            "**/__snapshots__/**",
            "**/spec/**",
            "**/specs/**",
            "**/e2e/**",
            "test_*.py",
            "*_test.py",
            "conftest.py",
            "*_test.go",
            "*_test.cc",
            "*_test.cpp",
            "*_test.c",
            "*_test.rs",
            "*_test.dart",
            "*_test.exs",
            "*_spec.rb",
            "*_test.rb",
            "*Test.java",
            "*Tests.java",
            "*IT.java",
            "*Test.kt",
            "*Test.php",
            "*Tests.cs",
            "*Tests.swift",
            "*.test.[cm]js",
            "*.test.[cm]ts",
            "*.test.js",
            "*.test.jsx",
            "*.test.ts",
            "*.test.tsx",
            "*.spec.js",
            "*.spec.jsx",
            "*.spec.ts",
            "*.spec.tsx",
            "*.bats",
        ),
    ),
    "media": PathSet(
        "Images, sound, video, fonts and models, by their ending.",
        _endings(_MEDIA_ENDINGS),
    ),
    "vendored": PathSet(
        "Code that came from elsewhere: folders where projects and package managers keep it.",
        (
            "**/vendor/**",
            "**/vendored/**",
            "**/vendors/**",
            "**/third_party/**",
            "**/third-party/**",
            "**/thirdparty/**",
            "**/3rdparty/**",
            "**/3rd_party/**",
            "**/external/**",
            "**/extern/**",
            "**/node_modules/**",
            "**/bower_components/**",
            "**/jspm_packages/**",
            "**/Godeps/_workspace/**",
            "/Carthage/",
            "/Pods/",
            "/deps/",
            "**/.yarn/releases/**",
            "**/.yarn/plugins/**",
            "**/gradle/wrapper/**",
            "gradlew",
            "gradlew.bat",
            "mvnw",
            "mvnw.cmd",
        ),
    ),
    "generated": PathSet(
        "Files that programs write: lock files, output of compilers and bundlers, snapshots.",
        (
            "Cargo.lock",
            "Gemfile.lock",
            "Pipfile.lock",
            "bun.lock",
            "bun.lockb",
            "composer.lock",
            "deno.lock",
            "flake.lock",
            "go.sum",
            "gradle.lockfile",
            "mix.lock",
            "npm-shrinkwrap.json",
            "package-lock.json",
            "packages.lock.json",
            "pdm.lock",
            "pnpm-lock.yaml",
            "poetry.lock",
            "pubspec.lock",
            "uv.lock",
            "yarn.lock",
            ".pnp.cjs",
            "*.min.js",
            "*.min.css",
            "*.js.map",
            "*.css.map",
            "*.pb.go",
            "*.pb.h",
            "*.pb.cc",
            "*_pb2.py",
            "*_pb2.pyi",
            "*_pb2_grpc.py",
            "*.g.dart",
            "*.freezed.dart",
            "*.designer.cs",
            "*.generated.*",
            "*_generated.*",
            "zz_generated.*",
            "*.snap",
            "**/__generated__/**",
            "**/generated/**",
            "configure",
            "aclocal.m4",
        ),
    ),
}


def built_in_sets() -> dict[str, PathTest]:
    """The sets by name; each is made ready when it is first asked."""
    return {name: _late(path_set.patterns) for name, path_set in PATH_SETS.items()}


def _late(patterns: tuple[str, ...]) -> PathTest:
    ready: list[Callable[[str], bool]] = []

    def test(path: str) -> bool:
        if not ready:
            ready.append(path_test(patterns, {}))
        return ready[0](path)

    return test
