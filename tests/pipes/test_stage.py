"""Batches: what one report does wrong is that report's, and a single call is a batch of one."""

import pytest

from radnlp.errors import AnswerError, ConfigError, PipelineError
from radnlp.pipes import StagePipe, finish_doc
from radnlp.pipes.asking import ask_batch
from radnlp.pipes.draft import Draft
from radnlp.records import KeyPrediction, MappingResult, Report

PRESENT = (KeyPrediction(key="nodules", status="present"),)


class Classifier:
    """Answers every report with one key; what ``bad`` says, goes wrong."""

    def __init__(self, bad=lambda views: None):
        self.bad, self.batches = bad, []

    def classify(self, views):
        self.batches.append([view.report.text for view in views])
        return self.bad(views) or [PRESENT for _ in views]


def raising(error):
    def raise_for_secret(views):
        if any("secret" in view.report.text for view in views):
            raise error

    return raise_for_secret


def test_in_a_batch_that_fails_only_the_guilty_report_loses_its_answer(read):
    classifier = Classifier(raising(ValueError("secret words of the report")))
    fine, guilty, also_fine = read("Nodule.", "A secret.", "Mass.", classifier=classifier)
    assert [len(extraction.findings) for extraction in (fine, guilty, also_fine)] == [1, 0, 1]
    assert classifier.batches == [["Nodule.", "A secret.", "Mass."], ["Nodule."], ["A secret."], ["Mass."]]
    (issue,) = guilty.issues
    assert (issue.level, issue.stage, issue.code) == ("error", "keys", "keys_failed")
    assert issue.message == (
        "the provider 'my_keys' of the stage 'keys' failed on this report with ValueError at test_stage.py:28"
    )
    assert (fine.issues, also_fine.issues) == ((), ())


def test_the_words_of_our_own_errors_are_told(read):
    (extraction,) = read("A secret.", classifier=Classifier(raising(AnswerError("no JSON in the answer"))))
    assert extraction.issues[0].message.endswith("failed on this report with AnswerError: no JSON in the answer")


def test_an_answer_that_cannot_be_used_has_a_code_that_scripts_can_count(read):
    error = AnswerError("the answer is no JSON", code="answer_invalid")
    (extraction,) = read("A secret.", classifier=Classifier(raising(error)))
    assert [issue.code for issue in extraction.issues] == ["answer_invalid"]


def test_what_a_provider_spent_on_a_report_is_counted_in_its_provenance(read):
    class Costly(Classifier):
        def spent(self):
            return [{"tokens": len(text)} for text in self.batches[-1]]

    costly = Costly(raising(ValueError()))
    fine, guilty, also_fine = read("Nodule.", "A secret.", "A mass.", classifier=costly)
    counts = [extraction.provenance.counts for extraction in (fine, guilty, also_fine)]
    assert [found.get("keys.tokens") for found in counts] == [7, None, 7]


def test_a_relation_mapper_that_fails_leaves_the_findings(read):
    class Mapper:
        def map(self, requests):
            if any("secret" in request.view.report.text for request in requests):
                raise RuntimeError
            return [MappingResult() for _ in requests]

    fine, guilty = read("Nodule in RUL.", "Nodule, secret.", mapper=Mapper())
    assert [finding.key for finding in guilty.findings] == ["nodules"]
    assert [issue.code for issue in guilty.issues] == ["relations_failed"]
    assert fine.issues == ()


def test_a_wrong_number_of_answers_for_a_batch_is_asked_again_one_by_one(read):
    def one_too_few(views):
        return [PRESENT] * (len(views) - 1) if len(views) > 1 else None

    extractions = read("Nodule.", "Mass.", classifier=Classifier(one_too_few))
    assert [(len(e.findings), e.issues) for e in extractions] == [(1, ()), (1, ())]


def test_a_wrong_number_of_answers_for_one_report_is_an_issue(read):
    (extraction,) = read("Nodule.", classifier=Classifier(lambda views: [PRESENT] * 2))
    assert extraction.findings == ()
    assert "ProviderError: it gave 2 answers for 1 reports; it must give one for each" in (extraction.issues[0].message)


def test_a_stop_by_the_user_is_no_failure_of_a_report(read):
    with pytest.raises(KeyboardInterrupt):
        read("A secret.", classifier=Classifier(raising(KeyboardInterrupt())))


def test_an_empty_batch_asks_and_answers_nothing():
    assert ask_batch("keys", [], lambda requests: [], [], nothing=(), provider=None, name="x") == []


@pytest.mark.parametrize("order", [[1], [0, 2], [0, 1, 3], [0, 1, 2, 4], [0, 1, 2, 3, 5], [1, 0]])
def test_components_in_a_wrong_order_are_told_the_right_one(nlp, make_stages, order):
    stages = make_stages()
    pipe = StagePipe([stages[number] for number in order])
    with pytest.raises(
        PipelineError, match="found nothing to work on; the order is radnlp_text, radnlp_mentions, radn"
    ):
        pipe(nlp.make_doc("Nodule."))


def test_a_single_call_and_a_batch_give_the_same(nlp, make_stages):
    texts = ["Nodule in RUL.", "", "No mass.", "maybe nodules in both lungs and LLL"]
    pipe = StagePipe(make_stages(), finish_doc)

    def seen(doc):
        return doc._.rad.findings, doc._.rad.mentions, doc._.rad.relations, doc._.rad.sentences, doc._.rad.issues

    single = [seen(pipe(nlp.make_doc(text))) for text in texts]
    assert [seen(doc) for doc in pipe.pipe(nlp.make_doc(text) for text in texts)] == single
    assert [seen(doc) for doc in pipe.pipe((nlp.make_doc(text) for text in texts), batch_size=3)] == single


def test_pipe_takes_no_more_docs_than_a_batch_at_a_time(nlp, make_stages):
    taken = []
    docs = (taken.append(number) or nlp.make_doc("Nodule.") for number in range(10))
    classifier = Classifier()
    stream = StagePipe(make_stages(classifier=classifier), finish_doc).pipe(docs, batch_size=4)
    next(stream)
    assert taken == [0, 1, 2, 3]
    assert len([next(stream) for _ in range(9)]) == 9
    assert [len(batch) for batch in classifier.batches] == [4, 4, 2]
    assert next(stream, None) is None


def test_the_seconds_of_a_batch_are_shared_by_its_reports(read):
    one, other = read("Nodule.", "Mass.")
    seconds = one.provenance.seconds
    assert list(seconds) == ["text", "mentions", "status", "keys", "relations", "findings"][: len(seconds)]
    assert {"text", "mentions", "status", "keys", "relations"} <= set(seconds)
    assert seconds["keys"] == other.provenance.seconds["keys"] > 0


def test_reports_go_through_the_stages_without_docs_in_batches(make_stages):
    classifier = Classifier()
    pipe = StagePipe(make_stages(classifier=classifier))
    reports = (Report(id=str(number), text="Nodule.") for number in range(3))
    assert [extraction.report_id for extraction in pipe.read(reports, batch_size=2)] == ["0", "1", "2"]
    assert [len(batch) for batch in classifier.batches] == [2, 1]
    with pytest.raises(PipelineError, match="the last stage left no extraction"):
        list(StagePipe(make_stages()[:-1]).read([Report(id="", text="")]))


def test_a_last_stage_without_an_extraction_is_an_error(nlp):
    doc = nlp.make_doc("Nodule.")
    with pytest.raises(PipelineError, match="the last stage left no extraction"):
        finish_doc(doc, Draft(report=Report(id="", text="Nodule.")))


def test_a_provider_that_cannot_work_in_this_run_stops_it(nlp, make_stages):
    """A report is not at fault when the model cannot be opened, or when the provider may not run in this process."""
    classifier = Classifier(raising(ConfigError("one process only; leave n_process at 1")))
    pipe = StagePipe(make_stages(classifier=classifier), finish_doc)
    with pytest.raises(ConfigError, match="one process only"):
        pipe(nlp.make_doc("secret"))
