"""Packages that hold only TOML: a schema and lexicons for the world, and no Python to trust."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from radnlp.errors import PluginError
from radnlp.hooks.specs import hookimpl
from radnlp.records import LexiconSource, SchemaSource
from radnlp.schema import lexicons_in, schemas_in


class DataOnlyPlugin:
    """Offers every schema folder of a package, and the lexicons of its folder ``lexicons/``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @hookimpl
    def radnlp_register_schemas(self) -> list[SchemaSource]:
        return schemas_in(self._folder)

    @hookimpl
    def radnlp_register_lexicons(self) -> list[LexiconSource]:
        return lexicons_in(self._folder / "lexicons")


def data_only_plugin(package: str) -> DataOnlyPlugin:
    """The plugin of a package, found without running any code of it.

    Raises:
        PluginError: No such package, or one that brings code: entry point group ``radnlp`` is for those.
    """
    top, *inner = package.split(".")
    spec = find_spec(top)  # of a dotted name it would import the package around
    locations = spec.submodule_search_locations if spec is not None else None
    folder = Path(next(iter(locations), ""), *inner) if locations else None
    if folder is None or not folder.is_dir():
        raise PluginError(f"the data package {package!r} cannot be found; reinstall the distribution that names it")
    code = [path.relative_to(folder) for path in sorted(folder.rglob("*.py")) if path.read_text("utf-8").strip()]
    if code:
        raise PluginError(
            f"the data package {package!r} holds code ({code[0]}); a package of the entry point group 'radnlp_schemas' "
            "holds TOML and an empty __init__.py only"
        )
    return DataOnlyPlugin(folder)
