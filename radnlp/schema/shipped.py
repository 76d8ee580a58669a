"""Where the schemas and lexicons that come with radnlp lie."""

from __future__ import annotations

from pathlib import Path

from radnlp.errors import SchemaError
from radnlp.records.descriptions import LexiconSource, SchemaSource

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """The folder ``schemas/`` of a checkout, or its copy inside an installed wheel.

    The wheel carries it as ``radnlp/_schemas``; an editable install does not see that copy.
    """
    for candidate in (_PACKAGE / "_schemas", _PACKAGE.parent / "schemas"):
        if candidate.is_dir():
            return candidate
    raise SchemaError(f"the schemas that belong to radnlp are not at {_PACKAGE / '_schemas'}; reinstall radnlp-core")


def schemas_in(folder: Path) -> list[SchemaSource]:
    """Every sub-folder that holds a ``schema.toml``, by name."""
    return [SchemaSource(id=path.parent.name, folder=path.parent) for path in sorted(folder.glob("*/schema.toml"))]


def lexicons_in(folder: Path) -> list[LexiconSource]:
    """Every ``NAME.LANGUAGE.toml`` of a folder, by name."""
    return [LexiconSource(language=path.suffixes[0][1:], file=path) for path in sorted(folder.glob("*.*.toml"))]
