"""What a plugin's tests look like: the contract of its hook, then sentences that a radiologist can read.

``[words](key status located_in=places)`` is a finding and what must come out, ``[words](place)`` a place.
"""

from functools import cache
from pathlib import Path

import pytest
import spacy

from radnlp.api import ConfigError, KeyPrediction, MappingRequest, Report, ReportView, default_catalogue
from radnlp.testing import check_relation_mapper, differences, parse_markup

# Where the plugin is not installed there is nothing to test.
plugin = pytest.importorskip("radnlp_example", reason="pip install ./plugins/example")

SENTENCES = [
    # The place behind the finding; the place before it, two findings with one each.
    "[Nodule](nodules present located_in=rul) in the [right upper lobe](rul).",
    "[RUL](rul) [nodule](nodules present located_in=rul) and [LLL](lll) [mass](mass present located_in=lll).",
    # What is denied keeps its place to itself.
    "No [nodule](nodules absent) in the [RUL](rul), but a [mass](mass present located_in=lll) in the [LLL](lll).",
    # Effusions have a side, which is another relation, and no lobe.
    "[Pleural effusion](pleural_effusion present has_side=left_lung) on the [left](left_lung).",
    # One word for two findings.
    "[Fibroatelectasis](atelectasis present located_in=rml; fibrosis present located_in=rml) in the [RML](rml).",
    # Nothing is carried from sentence to sentence: radnlp's own "rules" do that.
    "The [RUL](rul) has shrunk. There is a [mass](mass present located_in=).",
    # Of a list only the nearest finding gets the place: a weakness, written down.
    "[Nodules](nodules present located_in=) and [GGO](ggo present located_in=rul) in the [RUL](rul).",
]


@cache
def pipeline():
    """A spaCy pipeline of one's own with radnlp as one component."""
    nlp = spacy.blank("en")
    nlp.add_pipe("radnlp", config={"schema": "chest_ct", "relations": "nearest"})
    return nlp


@pytest.mark.parametrize("line", SENTENCES)
def test_sentence(line):
    marked = parse_markup(line)
    assert differences(marked, pipeline()(marked.text)._.rad) == []


def test_the_contract_of_relation_mappers():
    (provider,) = plugin.radnlp_register_relation_mappers()
    check_relation_mapper(provider)


def test_explain_is_told_why():
    (relation,) = pipeline()("Nodule in the RUL.")._.rad.relations
    assert (relation.source, relation.rule) == ("nearest", "the nearest finding")
    assert [span.text for span in (*relation.key_evidence, *relation.value_evidence)] == ["Nodule", "RUL"]


@cache
def words():
    return default_catalogue().schema("chest_ct")


def mapped(text, *, reach):
    """The values that the mapper finds with another reach, without a pipeline of its own: it needs records only."""
    schema, lexicon = words()
    known = pipeline()(text)._.rad
    report = Report(id="r", text=text)
    view = ReportView(report=report, sections=known.sections, sentences=known.sentences, mentions=known.mentions)
    keys = tuple(KeyPrediction(key=finding.key, status=finding.status) for finding in known.findings)
    (result,) = plugin.build(schema, lexicon, {"reach": reach}).map([MappingRequest(view=view, keys=keys)])
    return [(relation.key, relation.value) for relation in result.relations]


def test_reach_is_counted_between_the_words():
    assert mapped("Nodule in the RUL.", reach=8) == [("nodules", "rul")]
    assert mapped("Nodule in the RUL.", reach=7) == []


def test_of_two_findings_as_near_the_one_before_counts():
    assert mapped("Mass RUL nodule.", reach=80) == [("mass", "rul")]


def test_what_is_past_gives_no_place_to_a_finding_of_today():
    assert mapped("History of nodules in the LLL. Nodule in the RUL.", reach=80) == [("nodules", "rul")]


def test_a_reach_that_reaches_nothing_is_refused_with_a_word_of_what_to_do():
    with pytest.raises(ConfigError, match=r"relations\.reach=0: .* give a whole number above 0"):
        mapped("Nodule in the RUL.", reach=0)


def test_the_file_can_be_read_at_once():
    assert len(Path(plugin.__file__).read_text("utf-8").splitlines()) <= 100
