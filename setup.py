"""Everything about the package stands in pyproject.toml; this adds the compiled catalogue to what is built."""

import os
import sys

from setuptools import setup
from setuptools.command.build_py import build_py

SOURCE_ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hooks")
COMPILED = os.path.join("byline", "catalogue", "compiled.py")


class BuildWithCatalogue(build_py):
    """Writes the catalogue's TOML files as one Python module into the build, never into the source tree."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = os.path.join(self.build_lib, COMPILED)
            with open(target, "w", encoding="utf-8") as stream:
                stream.write(compiled_source())

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        outputs: list[str] = super().get_outputs(include_bytecode)
        return outputs if self.editable_mode else [*outputs, os.path.join(self.build_lib, COMPILED)]


def compiled_source() -> str:
    sys.path.insert(0, SOURCE_ROOT)
    try:
        from byline.catalogue.compile import compiled_source
    finally:
        sys.path.remove(SOURCE_ROOT)
    return compiled_source()


setup(cmdclass={"build_py": BuildWithCatalogue})
