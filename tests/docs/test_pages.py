"""The documentation is true: its code runs, its commands are understood, its links lead somewhere."""

import doctest
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from radnlp.cli.main import build_parser
from radnlp.hooks import default_catalogue, specs

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "radnlp" / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
MADE = runpy.run_path(str(ROOT / ".ci" / "pages.py"))
BY_HAND = [page for page in PAGES if page not in MADE["pages"]()]
#: Its Python needs Spark and Dask: tests/batch/arrow/test_page.py.
OF_OTHER_TESTS = DOCS / "engines.md"
#: Commands of plugins that are not installed everywhere.
LEFT_OUT = ("radnlp train", "radnlp llama")


def name(page):
    return str(page.relative_to(DOCS))


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "page", [page for page in BY_HAND if blocks(page, "python") and page != OF_OTHER_TESTS], ids=name
)
def test_the_python_of_a_page_runs_and_says_what_the_page_says(page, tmp_path, monkeypatch):
    """Blocks share their names. A TOML block behind "`FILE`:" is written there first."""
    for file, text in re.findall(r"`(\S+/\S+\.toml)`:\n\n```toml\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    names = {}
    for code in blocks(page, "python"):
        if ">>>" not in code:
            exec(compile(code, page.name, "exec"), names)  # noqa: S102
            continue
        examples = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), 0)
        failures = []
        doctest.DocTestRunner(verbose=False).run(examples, out=failures.append, clear_globs=False)
        assert not failures, "".join(failures)
        names.update(examples.globs)


@pytest.mark.parametrize("page", [page for page in BY_HAND if blocks(page, "bash")], ids=name)
def test_every_command_of_a_page_is_one_that_the_program_understands(page):
    catalogue = default_catalogue()
    parser = build_parser(catalogue)
    shown = [line for block in blocks(page, "bash") for line in block.splitlines() if line.startswith("radnlp ")]
    for line in shown:
        words = line.partition("#")[0].split()[1:]
        if words[0] in catalogue.commands or not line.startswith(LEFT_OUT):
            parser.parse_args(words)


@pytest.mark.parametrize("page", MADE["pages"](), ids=name)
def test_a_page_made_from_code_is_what_the_code_says(page):
    assert page.read_text("utf-8") == MADE["pages"]()[page], "run .venv/bin/python .ci/pages.py"


def test_every_hook_has_a_page():
    assert {page.stem for page in (DOCS / "hooks").glob("radnlp_*.md")} == {
        hook for hook in vars(specs) if hook.startswith("radnlp_")
    }


def test_the_site_is_built_and_no_link_is_broken(tmp_path):
    """In a copy, because the generator writes beside its configuration."""
    shutil.copytree(DOCS, tmp_path / "radnlp" / "docs")
    shutil.copy(ROOT / ".zensical.toml", tmp_path)
    built = build(tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    page = (tmp_path / "build" / "site" / "index.html").read_text("utf-8")
    assert not re.findall(r'(?:src|rel="stylesheet" href)="https?://', page), "the site would fetch something"
    (tmp_path / "radnlp" / "docs" / "bad.md").write_text("# Bad\n\n[nowhere](nowhere.md)\n", "utf-8")
    assert build(tmp_path).returncode != 0, "a broken link must be an error"


def build(folder):
    program = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", ".zensical.toml"]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, check=False)
