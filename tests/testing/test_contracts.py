"""The contract checks pass for radnlp's own parts and say what is wrong with others."""

from dataclasses import replace

import numpy as np
import pytest

from radnlp.hooks import default_catalogue
from radnlp.records import (
    Check,
    CheckLine,
    EvidenceSpan,
    KeyPrediction,
    MappingResult,
    MetricProvider,
    Provider,
    Relation,
    SchemaSource,
)
from radnlp.testing import (
    CHECKS,
    ContractError,
    ScriptedClassifier,
    ScriptedMapper,
    check_check,
    check_entity_key_classifier,
    check_metric,
    check_relation_mapper,
    check_schema_source,
)

#: What cannot be had without.
NEEDED = {"cascade": {"settings": {"then": "cooccurrence"}}}


def offers():
    """What everything installed here offers; what needs a model, or more than radnlp, its plugin's tests check."""
    for kind in CHECKS:
        for name, offer in getattr(default_catalogue(), kind).items():
            more = getattr(offer.item, "install_hint", "")  # Ray, torch: not everywhere, and slow to start
            if not more and "model_path" not in getattr(offer.item, "settings", {}):
                yield kind, name


@pytest.mark.parametrize(("kind", "name"), list(offers()), ids=lambda value: value.rpartition("/")[2])
def test_parts_that_need_no_model_keep_the_contract(kind, name):
    CHECKS[kind](getattr(default_catalogue(), kind)[name].item, **NEEDED.get(name, {}))


def classifier(answer):
    return Provider(name="x", summary="", factory=lambda schema, lexicon, settings: ScriptedClassifier(answer))


def mapper(answer):
    return Provider(name="x", summary="", factory=lambda schema, lexicon, settings: ScriptedMapper(answer))


NODULES = KeyPrediction(key="nodules", status="present")
RELATION = Relation(key="nodules", type="located_in", value="rul", source="x")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda view: (replace(NODULES, key="cysts"),), "outside the schema: ['cysts']"),
        (lambda view: (NODULES, NODULES), "answered twice"),
        (lambda view: (replace(NODULES, evidence=(EvidenceSpan(start=0, end=2, text="??!"),)),), "[0-2]"),
    ],
)
def test_a_classifier_that_breaks_a_rule(answer, words):
    with pytest.raises(ContractError) as caught:
        check_entity_key_classifier(classifier(answer))
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        (replace(RELATION, value="liver"), "not licensed"),
        (replace(RELATION, key="pleural_effusion"), "not licensed"),
        (RELATION, "was not asked for"),
    ],
)
def test_a_mapper_that_breaks_a_rule(relation, words):
    with pytest.raises(ContractError) as caught:
        check_relation_mapper(mapper(lambda request: MappingResult(relations=(relation,))))
    assert words in str(caught.value)


def test_an_answer_that_depends_on_the_batch():
    class Counting:
        def classify(self, views):
            return [(NODULES,) if len(views) > 1 else () for _ in views]

    provider = Provider(name="x", summary="", factory=lambda schema, lexicon, settings: Counting())
    with pytest.raises(ContractError, match="depends on the batch"):
        check_entity_key_classifier(provider)


def test_a_schema_offered_under_another_name():
    source = default_catalogue().schemas["chest_ct"].item
    with pytest.raises(ContractError, match="offered as 'thorax'"):
        check_schema_source(SchemaSource(id="thorax", folder=source.folder))


class Exact:
    """A metric that keeps the contract: the share of reports with the same number of findings."""

    def count(self, gold, predicted):
        return [1.0, float(len(gold.findings) == len(predicted.findings))]

    def scores(self, totals):
        return {"exact": totals[..., 1] / np.where(totals[..., 0] > 0, totals[..., 0], np.nan)}

    def rows(self, totals):
        return {}

    def correct(self, gold, predicted):
        return None


def metric(summary="how exact", **methods):
    made = type("Made", (Exact,), methods)
    return MetricProvider(name="x", summary=summary, formula="a / b", source="us", factory=lambda schema: made())


def test_a_metric_of_somebody_else():
    check_metric(metric())


def counting():
    calls = []
    return lambda self, gold, predicted: calls.append(1) or [1.0, float(len(calls))]


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        (metric(summary=" "), "has no summary"),
        (metric(count=lambda self, gold, predicted: [1.0, float("nan")]), "not a finite number"),
        (metric(count=counting()), "other counts the second time"),
        (metric(correct=lambda self, gold, predicted: 0.5), "right, wrong"),
        (metric(scores=lambda self, totals: {"exact": totals.sum()}), r"exact: shape () for 3 totals"),
        (metric(scores=lambda self, totals: {"n": totals[..., 0] / totals.max()}), "alone"),
        (metric(rows=lambda self, totals: {"nodules": {"n": "3"}}), "row nodules: a cell is no number"),
    ],
)
def test_a_metric_that_breaks_a_rule(provider, words):
    with np.errstate(all="ignore"), pytest.raises(ContractError) as caught:
        check_metric(provider)
    assert words in str(caught.value)


LINE = CheckLine(name="gpu", state="ok", words="one GPU", values={"gpus": 1})


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "no line"),
        ([LINE, LINE], "two of one name"),
        ([replace(LINE, state="bad")], "the state 'bad'"),
        ([replace(LINE, words=" ")], "not one line"),
        ([replace(LINE, words="one\nGPU")], "not one line"),
        (["one GPU"], "something else"),
    ],
)
def test_a_check_that_breaks_a_rule(lines, words):
    check_check(Check(name="gpu", summary="the card", run=lambda settings: [LINE]))
    with pytest.raises(ContractError) as caught:
        check_check(Check(name="gpu", summary="the card", run=lambda settings: lines))
    assert words in str(caught.value)


def test_a_check_whose_values_are_no_json():
    broken = Check(name="gpu", summary="the card", run=lambda settings: [replace(LINE, values={"gpu": object()})])
    with pytest.raises(ContractError, match="cannot be written as JSON"):
        check_check(broken)
