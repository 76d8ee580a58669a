"""radnlp schemas: the vocabulary, readably, and as medspaCy's rules."""

import json

import pytest


def test_all_schemas_are_listed(radnlp):
    done = radnlp("schemas")
    assert done.status == 0
    assert "chest_ct" in done.out
    assert "chest_xray" in done.out


def test_one_schema_is_shown_with_keys_values_and_source(radnlp):
    out = radnlp("schemas", "chest_ct").out
    for words in ("bronchial_wall_thickening", "left_lingula", "rll + lll", "Shin et al.", "located_in"):
        assert words in out


def test_codes_are_shown_where_a_schema_has_some(radnlp, tmp_path):
    file = tmp_path / "codes.toml"
    file.write_text('language = "en"\n[codes.mass]\nradlex = "RID99"\n[codes.right]\nomop = 5\n', "utf-8")
    shown = radnlp("schemas", "chest_xray", "--terms", file).out
    below = shown[shown.index("codes of") :].splitlines()
    assert [line.split() for line in below[2:4]] == [["mass", "radlex", "RID99"], ["right", "omop", "5"]]


def test_an_unknown_schema(radnlp):
    done = radnlp("schemas", "brain_mir")
    assert done.status == 2
    assert "unknown schema 'brain_mir'" in done.err


def test_the_words_of_a_schema_are_written_as_rules_that_terms_reads(radnlp, tmp_path):
    file = tmp_path / "rules.json"
    done = radnlp("schemas", "chest_xray", "--medspacy-rules", file)
    assert (done.status, done.out) == (0, "")
    assert set(json.loads(file.read_text("ascii"))) == {"target_rules", "context_rules"}
    assert list(tmp_path.iterdir()) == [file]
    shown = radnlp("schemas", "chest_xray", "--terms", file)
    assert shown.status == 0
    assert shown.out.splitlines()[5:] == radnlp("schemas", "chest_xray").out.splitlines()[5:]  # below the counts


def test_what_has_no_place_in_the_rules_is_said_in_one_sentence(radnlp, tmp_path):
    said = radnlp("schemas", "chest_ct", "--medspacy-rules", tmp_path / "rules.json").err
    assert "medspaCy's rules have no place for terminated_by of " in said
    assert "headings" in said
    assert len(said.splitlines()) == 1


def test_terms_on_top_are_written_too_and_an_older_file_is_replaced(radnlp, tmp_path):
    file, mine = tmp_path / "rules.json", tmp_path / "mine.toml"
    file.write_text("old", "utf-8")
    mine.write_text('language = "en"\n[[terms]]\nentities = ["mass"]\nphrases = ["bulk"]', "utf-8")
    assert radnlp("schemas", "chest_ct", "--terms", mine, "--medspacy-rules", file).status == 0
    assert {"literal": "bulk", "category": "MASS"} in json.loads(file.read_text("ascii"))["target_rules"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["chest_ct", "--medspacy-rules", "{}/rules.txt"], "give the rule file the suffix .json"),
        (["chest_ct", "--medspacy-rules", "{}/folder.json"], "is a folder; name a file to write"),
        (["chest_ct", "--medspacy-rules", "{}/none/rules.json"], "there is no folder "),
        (["chest_ct", "--terms", "{}/t.json", "--medspacy-rules", "{}/t.json"], "is one of --terms too"),
        (["--medspacy-rules", "{}/rules.json"], "--medspacy-rules: name the schema"),
    ],
)
def test_a_rule_file_that_cannot_be_written_is_refused_and_nothing_is_touched(radnlp, tmp_path, arguments, complaint):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "t.json").write_text('{"target_rules": []}', "utf-8")
    done = radnlp("schemas", *(argument.format(tmp_path) for argument in arguments))
    assert done.status == 2
    assert complaint in done.err
    assert {path.name for path in tmp_path.iterdir()} == {"folder.json", "t.json"}
    assert (tmp_path / "t.json").read_text("utf-8") == '{"target_rules": []}'


def test_a_full_disk_leaves_the_older_file_as_it_was(radnlp, tmp_path, monkeypatch):
    file = tmp_path / "rules.json"
    file.write_text("old", "utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("radnlp.cli.rulefile.Path.replace", full)
    done = radnlp("schemas", "chest_xray", "--medspacy-rules", file)
    assert done.status == 2
    assert done.err == f"radnlp: {file}: cannot be written: No space left on device\n"
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("rules.json", "old")]
