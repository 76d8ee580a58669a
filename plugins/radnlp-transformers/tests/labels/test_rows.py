"""Labelled reports as a person corrects them, and what is said when a line is wrong."""

import pytest

pytest.importorskip("torch")

from radnlp_transformers.labels.rows import LabelledReport, read_labels, to_line

from radnlp.api import ConfigError, ReportError

KEYS = ("nodules", "mass")


def read(*paths):
    return read_labels(paths, schema="chest_ct", version="1.0.0", keys=KEYS)


@pytest.fixture
def written(tmp_path):
    def write(*lines):
        path = tmp_path / "labels.jsonl"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return write


def test_what_was_written_is_read(written):
    row = LabelledReport(id="r1", text="결절 \u2028 결절", keys=KEYS, schema="chest_ct", schema_version="1.0.0")
    assert read(written(to_line(row).rstrip("\n"), "")) == [row]


def test_a_line_by_hand_needs_text_and_keys_only(written):
    (row,) = read(written('{"text": "Mass and nodule.", "keys": ["mass", "nodules"]}'))
    assert (row.keys, row.id.endswith("labels.jsonl:1")) == (KEYS, True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("mass", r"labels\.jsonl:2: no labelled report \(JSONDecodeError\)"),
        ('{"text": "Mass."}', r"labels\.jsonl:2: no labelled report \(KeyError\)"),
        ('{"text": "Mass.", "keys": "mass"}', r"labels\.jsonl:2: no labelled report \(TypeError\)"),
        ('{"text": "Mass.", "keys": ["tumor"]}', "'chest_ct' has no key 'tumor'; it has nodules, mass"),
        (
            '{"text": "Mass.", "keys": [], "schema": "brain_mri"}',
            "labels of the schema brain_mri 1.0.0; this is chest_ct",
        ),
    ],
)
def test_a_wrong_line_is_named(written, line, words):
    with pytest.raises(ReportError, match=words):
        read(written('{"text": "Fine.", "keys": []}', line))


def test_the_words_of_a_report_are_in_no_message(written):
    with pytest.raises(ReportError) as raised:
        read(written('{"text": "ZEBRAFISH", "keys": ["tumor"]}'))
    assert "ZEBRAFISH" not in str(raised.value)


@pytest.mark.parametrize("lines", [(), ('{"text": "  ", "keys": []}',)])
def test_no_report_is_an_error(written, lines):
    with pytest.raises(ConfigError, match="not one labelled report"):
        read(written(*lines))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.jsonl: cannot be read \(FileNotFoundError\)"):
        read(tmp_path / "none.jsonl")
