"""EntityRuler patterns, as spaCy keeps them in patterns.jsonl, become terms."""

import json

import pytest
import spacy

import radnlp
from radnlp.errors import SchemaError
from radnlp.schema import load_schema


@pytest.fixture
def load(make_schema, tmp_path):
    """Loads the invented schema with patterns laid on top of it, one a line, or text as it stands."""

    def load(*patterns):
        path = tmp_path / "patterns.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row) for row in patterns]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        lexicon = load_schema(make_schema(), find=None, terms=[path])[1]
        return {term.phrase: term.entities for term in lexicon.terms if term.owner == str(path)}

    return load


def pattern(words, label="nodules", **more):
    return {"label": label, "pattern": words, **more}


def test_a_string_is_a_phrase_and_its_label_an_entity_in_any_case(load):
    assert load(pattern(" coin  lesion", "NODULES"), pattern("bulk", "mass")) == {
        "coin lesion": ("nodules",),
        "bulk": ("mass",),
    }


def test_a_token_pattern_is_written_out_as_words(load):
    tokens = [{"LOWER": "ground"}, {"LOWER": "-", "OP": "?"}, {"LOWER": {"IN": ["glass", "glas"]}}]
    assert {"ground glass", "ground-glass", "ground - glas"} <= load(pattern(tokens)).keys()


def test_the_id_names_the_entity_where_the_label_does_not(load):
    assert load(pattern("coin lesion", "FINDING", id="nodules")) == {"coin lesion": ("nodules",)}
    assert load(pattern("coin lesion", "nodules", id="coin-lesion")) == {"coin lesion": ("nodules",)}


def test_one_phrase_of_two_labels_names_both_in_the_order_of_the_schema(load):
    assert load(pattern("spot", "mass"), pattern("spot", "nodules")) == {"spot": ("nodules", "mass")}


def test_ignored_words_name_nothing(load):
    assert load(pattern("mole", "IGNORED")) == {"mole": ()}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            pattern("spot", "NODULE"),
            "the label 'NODULE' names no entity of the schema 'lobes'; did you mean 'nodules'?",
        ),
        (pattern([{"LEMMA": "spot"}]), "pattern, token no. 1: the attribute 'LEMMA' cannot be written out as words"),
        (pattern([{"LOWER": "spot", "OP": "+"}]), "pattern, token no. 1: OP '+' cannot be written out as words"),
        (pattern([{"TEXT": "GGO"}]), "pattern, token no. 1: TEXT 'GGO' minds upper and lower case"),
        (pattern([]), "the pattern has no token that must be there"),
        (pattern(" "), "the pattern is empty"),
        ({"label": "nodules"}, "pattern: is missing"),
        ({"label": 3, "pattern": "spot"}, "label: Input should be a valid string, not 3"),
        (pattern("spot", colour="red"), "colour: unknown name"),
        ('["nodules"]', "Input should be"),
        ("{", "not JSON: "),
        (r'{"label": "nodules", "pattern": "\ud800"}', "holds half a character"),
        (pattern("coin", "IGNORED"), "the literal 'coin' is IGNORED and the name of an entity in this file"),
    ],
)
def test_what_is_no_term_is_refused_with_its_line(load, tmp_path, line, complaint):
    with pytest.raises(SchemaError) as caught:
        load(pattern("coin"), "", line)
    place, words = str(caught.value).split(": ", 1)
    assert place == f"{tmp_path / 'patterns.jsonl'}:3"
    assert complaint in words
    assert "\n" not in words


def test_an_empty_file_is_refused(load):
    with pytest.raises(SchemaError, match="no patterns; write one a line"):
        load("")


# Labels of other names


def named(labels, patterns, make_schema, tmp_path):
    (tmp_path / "patterns.jsonl").write_text("\n".join(map(json.dumps, patterns)), "utf-8")
    terms = tmp_path / "mine.toml"
    terms.write_text(f'language = "en"\n[[entity_ruler]]\nfile = "patterns.jsonl"\nlabels = {labels}\n', "utf-8")
    lexicon = load_schema(make_schema(), find=None, terms=[terms])[1]
    return {term.phrase: term.entities for term in lexicon.terms if term.owner.endswith("patterns.jsonl")}


def test_a_lexicon_file_says_what_the_labels_name(make_schema, tmp_path):
    patterns = [pattern("spot", "SPOT"), pattern("bulky spot", "BULKY"), pattern("monday", "DATE")]
    labels = '{ SPOT = "nodules", BULKY = "mass nodules", DATE = "" }'
    assert named(labels, patterns, make_schema, tmp_path) == {"spot": ("nodules",), "bulky spot": ("nodules", "mass")}


def test_labels_that_name_an_unknown_entity_are_refused(make_schema, tmp_path):
    with pytest.raises(SchemaError, match=r"labels: 'SPOT': unknown entity 'nodule'; did you mean 'nodules'\?"):
        named('{ SPOT = "nodule" }', [pattern("spot", "SPOT")], make_schema, tmp_path)


# In use


def test_what_a_ruler_of_spacy_wrote_is_read_and_finds_the_same_words(tmp_path):
    ruler = spacy.blank("en").add_pipe("entity_ruler")
    ruler.add_patterns([pattern("coin lesion"), pattern([{"LOWER": "glassy"}, {"LOWER": "area"}], "GGO")])
    ruler.to_disk(tmp_path / "mine.jsonl")
    found = radnlp.extract("A coin lesion. No glassy area.", schema="chest_ct", terms=[tmp_path / "mine.jsonl"])
    assert [(finding.key, finding.status) for finding in found.findings] == [("nodules", "present"), ("ggo", "absent")]
