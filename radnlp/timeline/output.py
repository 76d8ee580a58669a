"""Where a timeline is written: a folder with everything, or one file of the form that its suffix names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from radnlp.errors import ConfigError, did_you_mean
from radnlp.timeline.document import timeline_csv, timeline_json
from radnlp.timeline.page import sankey_html
from radnlp.timeline.plotly_figure import plotly_program
from radnlp.timeline.sequence import Timeline
from radnlp.timeline.svg import sankey_svg


class Form(Protocol):
    """Writes a timeline in one form."""

    def __call__(self, timeline: Timeline, *, title: str | None) -> str: ...


def _json(timeline: Timeline, *, title: str | None) -> str:
    return timeline_json(timeline)


def _csv(timeline: Timeline, *, title: str | None) -> str:
    return timeline_csv(timeline)


def _html(timeline: Timeline, *, title: str | None) -> str:
    return sankey_html(timeline, title=title)


def _svg(timeline: Timeline, *, title: str | None) -> str:
    return sankey_svg(timeline, title=title)


#: Suffix without its dot -> what writes it.
FORMS: Mapping[str, Form] = {"json": _json, "csv": _csv, "html": _html, "svg": _svg}

_IN_A_FOLDER = {"timeline.json": "json", "timeline.csv": "csv", "sankey.html": "html", "sankey.svg": "svg"}


def plan(target: str, *, sources: tuple[str, ...] = ()) -> dict[Path, str]:
    """The files that an ``-o`` asks for, and the form of each; checked before any work is done.

    Args:
        target: A file with the suffix of a form, or a folder for all four.
        sources: Input files, which must not be overwritten.

    Raises:
        ConfigError: It cannot be written to, has the suffix of no form, or plotly is missing for a page.
    """
    path = Path(target)
    suffix = path.suffix.lower().removeprefix(".")
    folder = path.is_dir() or target.endswith(("/", "\\")) or not suffix
    if not folder and suffix not in FORMS:
        raise ConfigError(
            f"{target}: no form has the suffix {path.suffix!r}{did_you_mean(suffix, FORMS)} For a folder of that name, "
            f"write {target}/"
        )
    files = {path / name: form for name, form in _IN_A_FOLDER.items()} if folder else {path: suffix}
    if folder and path.is_file():
        raise ConfigError(f"{target}: is a file; name a folder, or a file ending in .json, .csv, .html or .svg")
    if not folder and not path.resolve().parent.is_dir():
        raise ConfigError(f"{target}: there is no folder {path.parent}; make it first")
    given = {Path(source).resolve() for source in sources if source != "-"}
    for file in files:
        if file.resolve() in given:
            raise ConfigError(f"{file}: is an input too; the result would overwrite it")
        if file.is_dir():
            raise ConfigError(f"{file}: is a folder")
    if "html" in files.values():
        plotly_program()
    return files


def write_timeline(timeline: Timeline, files: Mapping[Path, str], *, title: str | None = None) -> None:
    """Write the files of a :func:`plan`, each as a whole or not at all.

    Raises:
        ConfigError: A folder or file cannot be written.
    """
    for path, form in files.items():
        content = FORMS[form](timeline, title=title)
        scratch = path.with_name(f"{path.name}.unfinished")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_text(content, encoding="utf-8", errors="backslashreplace", newline="")
            scratch.replace(path)
        except OSError as error:
            scratch.unlink(missing_ok=True)
            raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None
