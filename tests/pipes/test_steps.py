"""A schema that decides in steps: any provider is held to what the step before has answered, and it is told."""

import pytest

from radnlp.pipeline import Assembly
from radnlp.pipes import (
    FindingStage,
    KeyStage,
    MentionStage,
    RelationStage,
    StagePipe,
    TextStage,
    attach,
    finish_doc,
)
from radnlp.pipes.steps import Steps
from radnlp.records import KeyPrediction, MappingResult, Relation, Report
from radnlp.rules.keys import RuleKeyClassifier
from radnlp.testing import ScriptedClassifier, ScriptedMapper

ORIGIN = {"distribution": "d", "version": "1"}
NON_TUMOR = ("demyelinating", "infection_inflammation", "hemorrhage_vascular", "stroke")


@pytest.fixture(scope="module")
def brain():
    return Assembly.of("brain_mri")


@pytest.fixture(scope="module")
def ask(brain, nlp):
    """A report through all stages, with providers of the test's own."""

    def run(text="Brain MR.", *, keys=None, relations=()):
        classifier = RuleKeyClassifier(brain.schema) if keys is None else ScriptedClassifier(lambda _: keys)
        mapper = ScriptedMapper(lambda _: MappingResult(relations=tuple(relations)))
        stages = [
            TextStage(brain.lexicon),
            MentionStage(brain.lexicon),
            brain.status(),
            KeyStage(brain.schema, classifier, {"name": "my_keys", **ORIGIN}),
            RelationStage(brain.schema, mapper, {"name": "my_relations", **ORIGIN}),
            FindingStage(brain.schema, digest="", version="0"),
        ]
        return next(StagePipe(stages, finish_doc).pipe([attach(nlp.make_doc(text), Report(id="r", text=text))]))._.rad

    return run


def key(name, status="present"):
    return KeyPrediction(key=name, status=status)


def episode(name, value="progression"):
    return Relation(key=name, type="has_episode", value=value, source="my_relations")


def steps(extraction):
    return {step.step: (step.decided, step.source) for step in extraction.steps}


def test_a_tumour_and_an_infarct_are_two_answers_of_the_first_step(ask):
    extraction = ask(keys=(key("metastasis"), key("stroke", "uncertain")), relations=[episode("metastasis")])
    assert steps(extraction) == {
        "diagnosis": (("metastasis", "non_tumor"), "my_keys"),
        "episode": (("metastasis: progression",), "my_relations"),
        "non_tumor_type": (("stroke",), "my_keys"),
    }
    assert [step.step for step in extraction.steps] == ["diagnosis", "episode", "non_tumor_type"]


def test_nothing_found_is_decided_too(ask):
    assert steps(ask(keys=())) == {
        "diagnosis": ((), "my_keys"),
        "episode": ((), "my_relations"),
        "non_tumor_type": ((), "my_keys"),
    }


def test_an_episode_of_a_tumour_that_was_not_found_is_left_out_and_told(ask):
    extraction = ask(
        keys=(key("glioma"), key("lymphoma", "absent")), relations=[episode("lymphoma"), episode("glioma")]
    )
    assert [relation.key for relation in extraction.relations] == ["glioma"]
    (issue,) = extraction.issues
    assert (issue.stage, issue.code) == ("relations", "outside_step")
    assert "'lymphoma'" in issue.message


def test_a_provider_that_denies_the_group_may_not_give_its_keys(ask):
    extraction = ask(keys=(key("glioma"), key("non_tumor", "absent"), key("stroke"), key("demyelinating", "absent")))
    assert [finding.key for finding in extraction.findings] == ["glioma", "demyelinating"]
    assert steps(extraction)["diagnosis"][0] == ("glioma",)
    assert [issue.code for issue in extraction.issues] == ["outside_step"]


def test_a_provider_that_says_the_group_alone_has_answered_the_first_step_only(ask):
    extraction = ask(keys=(key("non_tumor"),))
    assert extraction.findings == ()
    assert steps(extraction)["diagnosis"][0] == ("non_tumor",)
    assert steps(extraction)["non_tumor_type"][0] == ()


def test_a_tumour_of_the_past_is_an_answer_and_an_old_stroke_of_the_history_is_none(ask):
    extraction = ask("Clinical information: GBM, s/p op. Old stroke.\n1. No enhancing lesion.")
    assert {finding.key: finding.status for finding in extraction.findings} == {
        "glioma": "historical",
        "stroke": "historical",
    }
    assert steps(extraction)["diagnosis"][0] == ("glioma",)


def test_absent_keys_are_findings_and_no_answers(ask):
    extraction = ask("No metastasis. No acute infarction.")
    assert {finding.status for finding in extraction.findings} == {"absent"}
    assert steps(extraction)["diagnosis"][0] == ()


def test_a_schema_without_steps_says_nothing_of_steps(read):
    (extraction,) = read("Nodule in the RUL.")
    assert extraction.steps == ()


def test_the_group_stands_for_the_keys_of_the_step_behind_it(brain):
    assert Steps(brain.schema).groups == {"non_tumor": frozenset(NON_TUMOR)}
