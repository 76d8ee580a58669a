"""What each sentence is for: the classifier's labels, as far as the schema knows them."""

from dataclasses import replace

import pytest

from radnlp.errors import ProviderError
from radnlp.pipes import SentenceClassStage, StagePipe, attach, finish_doc
from radnlp.pipes.draft import Draft
from radnlp.records import KeyPrediction, Report, Sentence, SentenceClass, SentenceLabel
from radnlp.testing import ScriptedClassifier, ScriptedLabeller

ORIGIN = {"name": "mine", "distribution": "radnlp-mine", "version": "1"}
CLASSES = tuple(SentenceClass(id=name, label=name) for name in ("background", "positive"))


def label(name, score=None):
    return SentenceLabel(label=name, score=score)


@pytest.fixture
def work(schema):
    """Runs the stage on reports given as lists of sentences."""

    def run(answer, *reports):
        drafts = []
        for number, sentences in enumerate(reports):
            text, at, intervals = " ".join(sentences), 0, []
            for index, sentence in enumerate(sentences):
                intervals.append(Sentence(index=index, start=at, end=at + len(sentence)))
                at += len(sentence) + 1
            drafts.append(Draft(report=Report(id=str(number), text=text), sentences=tuple(intervals), mentions=()))
        stage = SentenceClassStage(replace(schema, sentence_classes=CLASSES), ScriptedLabeller(answer), ORIGIN)
        stage.work(drafts)
        return drafts

    return run


def test_each_sentence_gets_its_label_and_the_first_stages_sentences_stay(work):
    (draft,) = work(lambda view: (label("background", 0.9), label("positive")), ["CT.", "Nodule."])
    assert [(s.label, s.score) for s in draft.labelled] == [("background", 0.9), ("positive", None)]
    assert [s.label for s in draft.sentences] == [None, None]
    assert [s.label for s in draft.view().sentences] == ["background", "positive"]
    assert draft.providers["sentence_classes"] == ORIGIN


def test_a_class_outside_the_schema_is_left_out_and_told(work):
    (draft,) = work(lambda view: (label("opinion", 0.5),), ["Nodule."])
    assert draft.labelled[0].label is None
    (issue,) = draft.issues
    assert (issue.level, issue.stage, issue.code) == ("error", "sentence_classes", "outside_schema")
    assert "'mine' answered the sentence class 'opinion'" in issue.message


def test_a_provider_may_leave_a_sentence_open(work):
    (draft,) = work(lambda view: (label(None),), ["Nodule."])
    assert (draft.labelled[0].label, draft.issues) == (None, [])


def test_a_report_without_sentences_is_not_asked_about(work):
    asked = []
    drafts = work(lambda view: asked.append(view.report.id) or (label("positive"),), [], ["Nodule."])
    assert asked == ["1"]
    assert next(draft.labelled for draft in drafts) == ()


def test_too_few_labels_cost_only_the_guilty_report_its_answer(work):
    def answer(view):
        return () if "bad" in view.report.text else tuple(label("positive") for _ in view.sentences)

    good, bad = work(answer, ["Nodule."], ["bad.", "Mass."])
    assert [s.label for s in good.labelled] == ["positive"]
    assert [s.label for s in bad.labelled] == [None, None]
    (issue,) = bad.issues
    assert "0 labels for 2 sentences" in issue.message


def test_anything_else_than_labels_is_a_fault_of_the_provider(work):
    (draft,) = work(lambda view: ("positive",), ["Nodule."])
    assert [(issue.code, ProviderError.__name__ in issue.message) for issue in draft.issues] == [
        ("sentence_classes_failed", True)
    ]


def test_later_stages_and_the_output_see_the_labels(schema, make_stages, nlp):
    seen = []
    keys = ScriptedClassifier(lambda view: seen.append(view.sentences) or (KeyPrediction(key="mass", status="absent"),))
    stages = make_stages(classifier=keys)
    labeller = ScriptedLabeller(lambda view: tuple(label("positive", 0.75) for _ in view.sentences))
    stages.insert(3, SentenceClassStage(replace(schema, sentence_classes=CLASSES), labeller, ORIGIN))
    doc = attach(nlp.make_doc("Nodule in RUL. No mass."), Report(id="r", text="Nodule in RUL. No mass."))
    (doc,) = StagePipe(stages, finish_doc).pipe([doc])
    assert [sentence.label for sentence in seen[0]] == ["positive", "positive"]
    assert [(s.label, s.score) for s in doc._.rad.sentences] == [("positive", 0.75)] * 2
    assert [span._.rad_sentence_class for span in doc.spans["radnlp"]] == ["positive"] * 3
