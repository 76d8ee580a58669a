"""Sentence classes of a Japanese report: the whole report in, a class for each sentence out."""

import pytest

import radnlp
from radnlp.api import AnswerError, Choice, Generated, Report, ReportView

SENTENCES = ("胸部CTを施行。", "右肺に結節を認めます。", "径8mmです。", "胸水なし。")
CLASSES = ["background", "positive", "continuation", "negative"]
GOOD = '{"1":"background","2":"positive","3":"continuation","4":"negative"}'


@pytest.fixture
def view():
    def make(*sentences, id="r1"):
        text = "\n".join(sentences)
        bounds = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
        found = radnlp.extract(
            Report(id=id, text=text, sentences=tuple(bounds)), schema="ja_ct", sentence_classes="rules"
        )
        return ReportView(
            report=Report(id=id, text=text),
            sections=found.sections,
            sentences=found.sentences,
            mentions=found.mentions,
        )

    return make


def test_every_sentence_has_its_class(labeller_of, view):
    labeller = labeller_of([GOOD])
    (labels,) = labeller.label([view(*SENTENCES)])
    assert [label.label for label in labels] == CLASSES
    (question,) = labeller.llm.requests
    assert "[1] 胸部CTを施行。\n[2] 右肺に結節を認めます。" in question.rest
    assert question.rest.endswith("Sentences: 1 to 4\nAnswer:\n")


def test_a_line_break_inside_a_sentence_is_a_blank(labeller_of, view):
    labeller = labeller_of(['{"1":"positive"}'])
    labeller.label([view("右肺に\n結節を認めます。")])
    assert "[1] 右肺に 結節を認めます。\n" in labeller.llm.requests[0].rest


def test_the_score_is_the_probability_of_the_class(labeller_of, view):
    choices = tuple(Choice(name=f"{number}.class", chosen=("x",), probability=number / 10) for number in range(1, 5))
    labeller = labeller_of([Generated(text=GOOD, choices=choices, counts={"calls": 4})])
    (labels,) = labeller.label([view(*SENTENCES)])
    assert [label.score for label in labels] == [0.1, 0.2, 0.3, 0.4]
    assert labeller.spent() == [{"calls": 4}]


@pytest.mark.parametrize(
    "answer",
    [
        '{"1": 0, "2": 1, "3": 3, "4": 2}',  # by the numbers of the classes
        '```json\n{"1":"Background","2":"Positive finding","3":"continuation","4":"negative",}\n```',
        '[{"id":"1","label":"background"},{"id":"2","label":"positive"},{"id":"3","label":"continuation"},'
        '{"id":"4","label":"negative"}]',
    ],
)
def test_answers_in_other_shapes(labeller_of, view, answer):
    (labels,) = labeller_of([answer]).label([view(*SENTENCES)])
    assert [label.label for label in labels] == CLASSES


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("結節があります。", "no JSON object"),
        ('{"1":"background","2":"positive","3":"continuation"}', "4: no answer"),
        (GOOD.replace("negative", "benign"), r"4\.class: not one of the options"),
        (GOOD[:40], "cut off|no answer"),
        ('{"1":"background","1":"positive","2":"positive","3":"continuation","4":"negative"}', "exclude each other"),
    ],
)
def test_an_answer_that_was_not_understood_in_full_leaves_the_report_without_labels(labeller_of, view, answer, words):
    with pytest.raises(AnswerError, match=words) as fault:
        labeller_of([answer]).label([view(*SENTENCES)])
    assert fault.value.code == "answer_invalid"
    assert "結節" not in str(fault.value)


def test_only_the_guilty_report_loses_its_labels_and_no_question_is_asked_twice(labeller_of, view):
    """As the stage does it: the batch, and when that fails, report by report."""
    labeller = labeller_of(lambda request: GOOD if request.id != "bad" else "?")
    good, bad, other = view(*SENTENCES, id="good"), view(*SENTENCES, id="bad"), view(*SENTENCES, id="other")
    with pytest.raises(AnswerError):
        labeller.label([good, bad, other])
    assert [label.label for label in labeller.label([good])[0]] == CLASSES
    with pytest.raises(AnswerError):
        labeller.label([bad])
    assert [label.label for label in labeller.label([other])[0]] == CLASSES
    assert [request.id for request in labeller.llm.requests] == ["good", "bad", "other"]


def test_a_context_that_is_too_small(labeller_of, view):
    with pytest.raises(AnswerError, match=r"sentence_classes\.n_ctx") as fault:
        labeller_of([Generated(text="", fault="context_overflow")]).label([view(*SENTENCES)])
    assert fault.value.code == "context_overflow"


def test_an_empty_report_is_not_asked_about(labeller_of, view):
    labeller = labeller_of([GOOD])
    empty = ReportView(report=Report(id="e", text=""), sections=(), sentences=(), mentions=())
    first, second = labeller.label([empty, view(*SENTENCES)])
    assert first == () and len(second) == 4
    assert labeller.spent() == [{}, {}]
