"""Where a timeline is written."""

import sys
from pathlib import Path

import pytest

from radnlp.errors import ConfigError
from radnlp.timeline import plan, write_timeline


def test_a_folder_gets_everything_and_a_suffix_one_form(tmp_path):
    assert {path.name: form for path, form in plan(str(tmp_path / "new")).items()} == {
        "timeline.json": "json",
        "timeline.csv": "csv",
        "sankey.html": "html",
        "sankey.svg": "svg",
    }
    assert plan(str(tmp_path / "x.SVG")) == {tmp_path / "x.SVG": "svg"}
    assert len(plan(f"{tmp_path / 'v1.2'}/")) == 4


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("x.png", "no form has the suffix '.png'"),
        ("x.jsonl", "did you mean 'json'"),
        ("none/x.json", "make it first"),
        ("file", "is a file; name a folder"),
        ("in.json", "is an input too"),
    ],
)
def test_targets_that_cannot_be(target, complaint, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    with pytest.raises(ConfigError, match=complaint):
        plan(target, sources=("in.json", "-"))


def test_without_plotly_only_the_page_is_refused_and_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "plotly.offline", None)
    with pytest.raises(ConfigError, match=r"radnlp-core\[timeline\]"):
        plan(str(tmp_path / "folder"))
    assert plan(str(tmp_path / "x.svg"))
    assert plan(str(tmp_path / "x.json"))


def test_a_full_disk_leaves_the_older_file_as_it_was(timeline_of, tmp_path, monkeypatch):
    file = tmp_path / "timeline.json"
    file.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ConfigError, match="No space left on device"):
        write_timeline(timeline_of("A glioma: stable"), {file: "json"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("timeline.json", "old")]
