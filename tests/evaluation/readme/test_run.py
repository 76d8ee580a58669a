"""Writing the places of a folder: results that stand are kept when the data are not there, mistakes are not hidden."""

import pytest

from radnlp.errors import ConfigError
from radnlp.evaluation.readme import write_blocks
from radnlp.hooks import default_catalogue

MARKERS = "<!-- bench: e.toml -->\nmeasured before\n<!-- /bench -->\n"


@pytest.fixture
def folder(result):
    """A folder with one experiment, whose systems are files of predictions."""
    return result.experiment.path.parent


def written(folder, readme):
    rows = write_blocks(folder, readme, default_catalogue(), date="2026-11-22", say=lambda words: None)
    return {row.block.name: row for row in rows}


def test_results_are_written_and_an_experiment_without_a_place_is_told_only(folder, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(MARKERS)
    (folder / "other.toml").write_text((folder / "e.toml").read_text())
    rows = written(folder, readme)
    (folder / "other.toml").unlink()
    assert list(rows) == ["e.toml", "other.toml"]
    assert rows["other.toml"].content
    assert rows["e.toml"].content in readme.read_text()
    assert "measured before" not in readme.read_text()
    assert "other.toml" not in readme.read_text()


def test_results_that_stand_are_kept_when_the_data_are_not_there(folder, tmp_path, monkeypatch):
    monkeypatch.delenv("NOT_SET_ANYWHERE", raising=False)
    readme = tmp_path / "README.md"
    readme.write_text(MARKERS)
    kept = (folder / "e.toml").read_text()
    (folder / "e.toml").write_text(kept.replace('"gold.jsonl"', '"$NOT_SET_ANYWHERE/gold.jsonl"'))
    rows = written(folder, readme)
    (folder / "e.toml").write_text(kept)
    assert (rows["e.toml"].content, rows["e.toml"].wrong) == ("", False)
    assert "NOT_SET_ANYWHERE is not set" in rows["e.toml"].reason
    assert readme.read_text() == MARKERS


def test_a_mistake_in_the_data_is_a_mistake(folder, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(MARKERS)
    gold = (folder / "gold.jsonl").read_text()
    (folder / "gold.jsonl").write_text(gold.replace('"nodules"', '"nodulez"', 1))
    rows = written(folder, readme)
    (folder / "gold.jsonl").write_text(gold)
    assert rows["e.toml"].wrong
    assert "did you mean 'nodules'" in rows["e.toml"].reason
    assert readme.read_text() == MARKERS


def test_a_place_for_an_experiment_that_there_is_not_is_refused_before_anything_runs(folder, tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(MARKERS.replace("e.toml", "f.toml"))
    with pytest.raises(ConfigError, match="has no such experiment; it has e"):
        written(folder, readme)


def test_a_folder_without_experiments_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="has no experiment"):
        written(tmp_path, tmp_path / "README.md")
