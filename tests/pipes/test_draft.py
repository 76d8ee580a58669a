"""A Doc between the stages: it carries a draft, and cannot be serialised until it is finished."""

import pickle

import pytest
from spacy.tokens import Doc, DocBin

from radnlp.errors import PipelineError, SchemaError
from radnlp.pipes import EXTRACTION, Draft, StagePipe, attach, finish_doc
from radnlp.pipes.draft import DRAFT, open_draft
from radnlp.records import Report


def packed_in_a_bin(doc):
    collection = DocBin(store_user_data=True)
    collection.add(doc)
    return collection.to_bytes()


SERIALISERS = {"to_bytes": lambda doc: doc.to_bytes(), "pickle": pickle.dumps, "DocBin": packed_in_a_bin}


@pytest.mark.parametrize("serialiser", sorted(SERIALISERS))
@pytest.mark.parametrize("stages", [1, 3, 5])
def test_a_doc_in_the_middle_of_the_pipeline_is_not_serialised(nlp, make_stages, serialiser, stages):
    doc = StagePipe(make_stages()[:stages])(nlp.make_doc("Nodule in RUL."))
    with pytest.raises(PipelineError) as caught:
        SERIALISERS[serialiser](doc)
    assert str(caught.value) == (
        "this Doc is in the middle of a radnlp pipeline and cannot be serialised; "
        "let it pass 'radnlp_findings' (or use the one component 'radnlp') first"
    )


def test_a_finished_doc_comes_back_from_all_of_them(nlp, make_stages):
    doc = StagePipe(make_stages(), finish_doc)(nlp.make_doc("Nodule in RUL."))
    assert DRAFT not in doc.user_data
    (binned,) = DocBin().from_bytes(packed_in_a_bin(doc)).get_docs(nlp.vocab)
    others = [Doc(nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc)), binned]  # noqa: S301
    assert [other._.rad for other in others] == [doc._.rad] * 3
    assert doc._.rad.findings[0].values == {"located_in": ("rul",)}


def test_other_data_on_a_doc_is_packed_as_before(nlp):
    doc = nlp.make_doc("Nodule.")
    doc.user_data["mine"] = {"a": [1, 2]}
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes()).user_data["mine"] == {"a": [1, 2]}


def test_a_doc_nobody_attached_a_report_to_is_a_report_of_its_own(nlp):
    doc = nlp.make_doc("Nodule.")
    draft = open_draft(doc)
    assert draft.report == Report(id="", text="Nodule.")
    assert open_draft(doc) is draft


def test_an_attached_report_is_read_as_it_was_given(nlp, make_stages):
    report = Report(id="r1", text="Nodule \ud800.", patient_id="p1", study_date="2024-05-01", meta={"ward": 3})
    doc = StagePipe(make_stages(), finish_doc)(attach(nlp.make_doc(report.text), report))
    extraction = doc._.rad
    assert (extraction.report_id, extraction.patient_id, extraction.study_date) == ("r1", "p1", "2024-05-01")
    assert extraction.meta == {"ward": 3}


def test_a_finished_doc_can_go_through_again(nlp, make_stages):
    pipe = StagePipe(make_stages(), finish_doc)
    doc = pipe(nlp.make_doc("Nodule in RUL."))
    first = doc.user_data[EXTRACTION]
    assert pipe(doc)._.rad.findings and "nodules" in first


def test_a_failure_names_the_type_of_a_foreign_error_and_never_its_words():
    draft = Draft(report=Report(id="r1", text=""))
    draft.note_failure("keys", KeyError("patient words"))
    draft.note_failure("keys", SchemaError("schema.toml: broken"))
    assert [issue.message for issue in draft.issues] == [
        "the stage 'keys' failed on this report with KeyError",
        "the stage 'keys' failed on this report with SchemaError: schema.toml: broken",
    ]


def test_a_view_shows_what_is_there_so_far():
    view = Draft(report=Report(id="r1", text="x")).view()
    assert (view.report.id, view.sections, view.sentences, view.mentions) == ("r1", (), (), ())
