"""The labels of a written report: every sentence, or every key, exactly one that the schema knows."""

import json
from dataclasses import replace

import pytest
from radnlp_llama.synthesis.labels import labelling
from radnlp_llama.synthesis.recipe_file import read_recipe
from radnlp_llama.synthesis.rejection import RejectionError

from radnlp.api import ConfigError, Fixed
from radnlp.hooks import default_catalogue

REPORT = ("右肺に結節を認めます。", "辺縁は整です。")


@pytest.fixture(scope="module")
def classes(ja_ct):
    return labelling(ja_ct.recipe, ja_ct.schema)


@pytest.fixture(scope="module")
def statuses():
    return labelling(read_recipe("chest_ct"), default_catalogue().vocabulary("chest_ct"))


def test_sentences_are_numbered_and_classes_told(classes, ja_ct):
    request = classes.request("r1", REPORT)
    assert request.id == "r1/labels"
    assert "[1] 右肺に結節を認めます。\n[2] 辺縁は整です。" in request.rest
    for row in ja_ct.schema.sentence_classes:
        assert f"\n{row.id}: " in request.prefix
    assert request.prefix == classes.request("r2", REPORT[:1]).prefix


def test_the_form_has_a_class_for_every_sentence(classes, ja_ct):
    form = classes.request("r1", REPORT).form
    first = "".join(part.text if isinstance(part, Fixed) else part.options[1] for part in form)
    assert first == '{"1":"positive","2":"positive"}'
    assert classes.read(first, REPORT) == {"1": "positive", "2": "positive"}


def test_the_worked_example_in_the_prompt_is_a_valid_answer(classes):
    prefix = classes.request("r1", REPORT).prefix
    example = next(line for line in prefix.splitlines() if line.startswith("答え: {")).removeprefix("答え: ")
    numbered = [line for line in prefix.splitlines() if line.startswith("[")]
    assert len(classes.read(example, numbered)) == len(numbered) == 7


@pytest.mark.parametrize(
    "answer",
    [
        '{"1":"positive","2":"continuation"}',
        '```json\n{"1": "positive", "2": "continuation",}\n```',
        '{"2":"continuation","1":"positive"}',
        '{"1":1,"2":3}',
        '{"1":"1","2":" Continuation "}',
        '{"1":"positive","1":"positive","2":"continuation"}',
    ],
)
def test_read_all_the_same(answer, classes):
    assert classes.read(answer, REPORT) == {"1": "positive", "2": "continuation"}
    assert list(classes.read(answer, REPORT)) == ["1", "2"]


@pytest.mark.parametrize(
    "answer, reason",
    [
        ("positive, continuation", "unreadable"),
        ('{"1":"positive","2":', "unreadable"),
        ('{"1":"positive"}', "label_missing"),
        ("{}", "label_missing"),
        ('{"1":"positive","2":"finding"}', "label_unknown"),
        ('{"1":"positive","2":4}', "label_unknown"),
        ('{"1":"positive","2":true}', "label_unknown"),
        ('{"1":"positive","2":null}', "label_unknown"),
        ('{"1":"positive","2":["negative"]}', "label_unknown"),
        ('{"1":"positive","2":"continuation","3":"negative"}', "label_extra"),
        ('{"0":"positive","1":"continuation"}', "label_extra"),
        ('{"1":"positive","1":"negative","2":"negative"}', "label_doubled"),
        ('{"1":"continuation","2":"positive"}', "nothing_to_continue"),
    ],
)
def test_not_taken(answer, reason, classes):
    with pytest.raises(RejectionError) as error:
        classes.read(answer, REPORT)
    assert error.value.reason == reason


def test_a_recipe_for_another_schema(ja_ct):
    with pytest.raises(ConfigError, match="is for the schema 'ja_ct', not 'chest_ct'"):
        labelling(ja_ct.recipe, default_catalogue().vocabulary("chest_ct"))


def test_classes_that_the_schema_does_not_have(ja_ct):
    odd = replace(ja_ct.recipe, classes={**ja_ct.recipe.classes, "unclear": "?"})
    with pytest.raises(ConfigError, match=r"must name background, .*; 'unclear' is not among them"):
        labelling(odd, ja_ct.schema)
    with pytest.raises(ConfigError, match="'first' is not among them"):
        labelling(replace(ja_ct.recipe, never_first=("first",)), ja_ct.schema)


def test_without_words_of_its_own_a_recipe_uses_the_schemas(ja_ct):
    prefix = labelling(replace(ja_ct.recipe, classes={}), ja_ct.schema).request("r", REPORT).prefix
    assert "negative: Denies an abnormality" in prefix


def test_a_schema_without_sentence_classes():
    schema = default_catalogue().vocabulary("chest_ct")
    recipe = replace(read_recipe("ja_ct"), schema="chest_ct")
    with pytest.raises(ConfigError, match="has no sentence classes"):
        labelling(recipe, schema)


def test_statuses_of_keys(statuses):
    keys = [key.id for key in default_catalogue().vocabulary("chest_ct").keys]
    request = statuses.request("r1", ("A nodule is seen.", "No effusion."))
    assert all(f"\n{key}: " in request.prefix for key in keys)
    answer = dict.fromkeys(keys, "none") | {"nodules": "present", "pleural_effusion": "absent"}
    assert statuses.read(json.dumps(answer), ()) == {"nodules": "present", "pleural_effusion": "absent"}
    with pytest.raises(RejectionError, match="label_missing: for mass"):
        statuses.read(json.dumps({key: "none" for key in keys if key != "mass"}), ())
    with pytest.raises(RejectionError, match="label_unknown: for mass"):
        statuses.read(json.dumps(answer | {"mass": "maybe"}), ())
    with pytest.raises(RejectionError, match="label_extra"):
        statuses.read(json.dumps(answer | {"nodule": "present"}), ())
