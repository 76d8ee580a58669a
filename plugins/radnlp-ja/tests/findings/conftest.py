"""The Japanese challenge set: phenomena with sentences in which they act and controls in which they must not."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

import radnlp

SET = Path(__file__).with_name("japanese.toml")
FIELDS = {"name", "why", "sentences", "controls"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phenomenon:
    """One way of wording; ``why`` is the rule that says what it means."""

    name: str
    why: str
    sentences: tuple[str, ...]
    controls: tuple[str, ...]

    def lines(self):
        """Every sentence and control as (id of its test, marked sentence)."""
        sentences = [(f"{self.name}: {number}", line) for number, line in enumerate(self.sentences, 1)]
        return sentences + [(f"{self.name}: control {number}", line) for number, line in enumerate(self.controls, 1)]


def read_set(path=SET):
    """The phenomena of the set, in its order."""
    tables = tomllib.loads(path.read_text("utf-8"))["phenomenon"]
    assert [table.get("name") for table in tables if set(table) != FIELDS] == []
    return tuple(
        Phenomenon(name=t["name"], why=t["why"], sentences=tuple(t["sentences"]), controls=tuple(t["controls"]))
        for t in tables
    )


def pytest_generate_tests(metafunc):
    if "line" in metafunc.fixturenames:
        rows = [row for phenomenon in read_set() for row in phenomenon.lines()]
        limits = getattr(metafunc.module, "KNOWN_LIMITS", {})
        assert set(limits) <= {name for name, _ in rows}, "a known limit of a sentence that is not in the set"
        marks = {name: pytest.mark.xfail(strict=True, reason=reason) for name, reason in limits.items()}
        metafunc.parametrize("line", [pytest.param(line, id=name, marks=marks.get(name, ())) for name, line in rows])


@pytest.fixture(scope="session")
def phenomena():
    return read_set()


@pytest.fixture(scope="session")
def ja_ct():
    """The pipeline; sentence classes by their rules, which need no weights."""
    return radnlp.load("ja_ct", sentence_classes="rules")
