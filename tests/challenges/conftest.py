"""Challenge sets: texts of one to three sentences by phenomenon, each with what a radiologist means by it.

A set is a TOML file of ``[[phenomenon]]`` tables: ``name``, ``why`` (one line, with the source), ``sentences`` where
the phenomenon acts and ``controls`` where its words are near and must not act. The sentences carry the marks of
:func:`radnlp.testing.parse_markup`.

A test module names its set as ``CHALLENGES`` and may name what is not understood yet as ``KNOWN_LIMITS``, test id ->
why; such a test must fail. Its tests get the argument ``line``, once for every sentence, as
"phenomenon: 3" or "phenomenon: control 1", and the fixture ``challenges`` for the set as a whole.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from radnlp.records import Extraction
from radnlp.testing import parse_markup

FIELDS = {"name", "why", "sentences", "controls"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phenomenon:
    """One way of wording, where it acts and where it must not.

    Attributes:
        why: The rule or the paper that says what it means.
        sentences: Marked sentences in which it acts.
        controls: Marked sentences in which its words stand near and do nothing.
    """

    name: str
    why: str
    sentences: tuple[str, ...]
    controls: tuple[str, ...]

    def lines(self) -> list[tuple[str, str]]:
        """Every sentence and control as (id of its test, marked sentence)."""
        sentences = [(f"{self.name}: {number}", line) for number, line in enumerate(self.sentences, 1)]
        return sentences + [(f"{self.name}: control {number}", line) for number, line in enumerate(self.controls, 1)]


def read_challenges(path: Path) -> tuple[Phenomenon, ...]:
    """The phenomena of a challenge file, in its order.

    Raises:
        ValueError: A table that lacks one of the four entries or has another one.
    """
    phenomena = []
    for number, table in enumerate(tomllib.loads(path.read_text("utf-8"))["phenomenon"], 1):
        if set(table) != FIELDS:
            raise ValueError(f"phenomenon {number} of {path.name} has {sorted(table)}; it needs {sorted(FIELDS)}")
        lines = {kind: tuple(table[kind]) for kind in ("sentences", "controls")}
        phenomena.append(Phenomenon(name=table["name"], why=table["why"], **lines))
    return tuple(phenomena)


def masked(text: str, extraction: Extraction, *, values: bool = True) -> str:
    """A sentence in small letters with a placeholder for every lesion, number and, unless told not to, place.

    Two sentences that are equal after this differ only in what is no challenge.
    """
    named = [m for m in extraction.mentions if m.status or values]
    spans = sorted({(m.start, -m.end): "lesion" if m.status else "place" for m in named}.items())
    pieces, at = [], 0
    for (start, minus_end), placeholder in spans:
        if start >= at:
            pieces += [text[at:start], placeholder]
            at = -minus_end
    return " ".join(re.sub(r"\d+(?:[.,]\d+)?", "0", "".join([*pieces, text[at:]])).casefold().split())


def pytest_generate_tests(metafunc):
    if "line" in metafunc.fixturenames:
        rows = [row for phenomenon in read_challenges(metafunc.module.CHALLENGES) for row in phenomenon.lines()]
        limits = getattr(metafunc.module, "KNOWN_LIMITS", {})
        marks = {name: pytest.mark.xfail(strict=True, reason=reason) for name, reason in limits.items()}
        assert set(marks) <= {name for name, _ in rows}, "a known limit of a sentence that is not in the set"
        metafunc.parametrize("line", [pytest.param(line, id=name, marks=marks.get(name, ())) for name, line in rows])


@pytest.fixture(scope="module")
def challenges(request):
    """The phenomena of the module's set."""
    return read_challenges(request.module.CHALLENGES)


@pytest.fixture(scope="module")
def skeletons(request):
    """Masked sentence -> the ids of the tests that have it.

    The pipeline is that of the module's ``SCHEMA``, chest_ct where it names none; values are masked unless the module's
    ``MASK_VALUES`` says otherwise: words of change are the challenge itself.
    """
    values = getattr(request.module, "MASK_VALUES", True)
    read = request.getfixturevalue(getattr(request.module, "SCHEMA", "chest_ct"))
    found: dict[str, list[str]] = {}
    for phenomenon in read_challenges(request.module.CHALLENGES):
        for name, line in phenomenon.lines():
            text = parse_markup(line).text
            found.setdefault(masked(text, read(text)._.rad, values=values), []).append(name)
    return found
