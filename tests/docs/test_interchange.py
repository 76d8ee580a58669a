"""The page on interchange, done from top to bottom: its Python and its commands in one folder, as a reader would."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from spacy.tokens import Span

from radnlp.cli.main import main

PAGE = Path(__file__).resolve().parents[2] / "radnlp" / "docs" / "interchange.md"


@pytest.fixture
def no_extension_left():
    yield
    if Span.has_extension("negation"):
        Span.remove_extension("negation")


def test_the_page_holds(tmp_path, monkeypatch, capsys, no_extension_left):
    monkeypatch.chdir(tmp_path)
    names = {}
    ran = []
    for language, block in re.findall(
        r"^```(pycon|bash)\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    ):
        if language == "bash":
            for line in block.splitlines():
                assert main(shlex.split(line)[1:]) == 0, capsys.readouterr().err
                ran.append(line)
            continue
        examples = doctest.DocTestParser().get_doctest(block, names, PAGE.name, str(PAGE), 0)
        failures = []
        doctest.DocTestRunner(verbose=False).run(examples, out=failures.append, clear_globs=False)
        assert not failures, "".join(failures)
        names.update(examples.globs)
    assert len(ran) == 5
