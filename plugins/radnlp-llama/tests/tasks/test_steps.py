"""Brain MRI in two steps: first the kind of disease, then episodes of tumours and kinds of what is no tumour."""

import json

import pytest

from radnlp.api import Choice, ConfigError, Generated

TEXT = (
    "Known glioblastoma, the enhancing lesion has increased since the last MRI. Old infarct in the left thalamus. "
    "Chronic microbleeds."
)
SCHEMA = "brain_mri"


def script(first, second=None):
    return [json.dumps(row, separators=(",", ":")) for row in (first, second) if row is not None]


def rows(result):
    return [(relation.key, relation.type, relation.value) for relation in result.relations]


def asked(mapper):
    return [request.rest.splitlines()[-2] for request in mapper.llm.requests]


def test_two_questions_the_second_behind_the_first_answer(mapper_of, request_for):
    first = {"glioma": "present", "non_tumor": "present"}
    second = {"glioma": ["progression"], "hemorrhage_vascular": "present", "stroke": "present"}
    mapper = mapper_of(script(first, second), SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert asked(mapper) == [
        "Question 1, kind of disease: glioma, non_tumor",
        "Question 2, episodes and kinds: glioma, hemorrhage_vascular, stroke",
    ]
    assert 'Answer:\n{"glioma":"present","non_tumor":"present"}\nQuestion 2' in mapper.llm.requests[1].rest
    assert mapper.llm.requests[0].prefix == mapper.llm.requests[1].prefix
    assert rows(result) == [("glioma", "has_episode", "progression")]
    (relation,) = result.relations
    assert [span.text for span in relation.value_evidence] == ["has increased"]
    assert relation.rule == "answered as present"
    assert result.denied == result.issues == ()


def test_what_the_first_step_denies_is_not_asked_again(mapper_of, request_for):
    mapper = mapper_of(
        script({"glioma": "absent", "non_tumor": "present"}, {"hemorrhage_vascular": "present", "stroke": "absent"}),
        SCHEMA,
    )
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert asked(mapper)[1] == "Question 2, episodes and kinds: hemorrhage_vascular, stroke"
    assert result.denied == ("glioma", "stroke")
    assert result.relations == ()


def test_a_denied_group_takes_its_keys_along(mapper_of, request_for):
    mapper = mapper_of(script({"glioma": "present", "non_tumor": "absent"}, {"glioma": ["progression"]}), SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert result.denied == ("hemorrhage_vascular", "stroke")
    assert rows(result) == [("glioma", "has_episode", "progression")]


def test_nothing_is_left_for_a_second_question(mapper_of, request_for):
    mapper = mapper_of(script({"glioma": "absent", "non_tumor": "absent"}), SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert len(mapper.llm.requests) == 1
    assert set(result.denied) == {"glioma", "hemorrhage_vascular", "stroke"}


def test_a_tumour_without_malignancy_has_no_second_question(mapper_of, request_for):
    mapper = mapper_of(script({"non_malignant_tumor": "present"}), SCHEMA)
    (result,) = mapper.map([request_for("Meningioma of the falx.", SCHEMA)])
    assert len(mapper.llm.requests) == 1 and result.denied == ()


def test_without_a_first_answer_there_is_no_second_question(mapper_of, request_for):
    mapper = mapper_of(["I am not a doctor."], SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert len(mapper.llm.requests) == 1
    assert result.relations == result.denied == ()
    assert [issue.code for issue in result.issues] == ["answer_invalid"]


def test_a_group_that_was_not_answered_leaves_its_keys_as_stage_one_had_them(mapper_of, request_for):
    mapper = mapper_of(script({"glioma": "present"}, {"glioma": ["progression"]}), SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert asked(mapper)[1] == "Question 2, episodes and kinds: glioma"
    assert rows(result) == [("glioma", "has_episode", "progression")]
    assert result.denied == ()
    assert "non_tumor: no answer" in result.issues[0].message


def test_the_score_is_of_both_answers(mapper_of, request_for):
    def choice(name, probability):
        return Choice(name=name, chosen=("x",), probability=probability)

    first = Generated(
        text='{"glioma":"present","non_tumor":"absent"}',
        choices=(choice("glioma.status", 0.8), choice("non_tumor.status", 0.1)),
        counts={"calls": 2},
    )
    second = Generated(text='{"glioma":["stable"]}', choices=(choice("glioma.has_episode", 0.5),), counts={"calls": 3})
    mapper = mapper_of([first, second], SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert [relation.score for relation in result.relations] == [0.4]
    assert mapper.spent() == [{"calls": 5}]


def test_reports_at_different_steps_are_asked_together(mapper_of, request_for):
    answers = {
        "a": script({"glioma": "present", "non_tumor": "absent"}, {"glioma": ["progression"]}),
        "b": script({"non_malignant_tumor": "present"}),
    }

    def answer(request):
        return answers["a" if "glioblastoma" in request.rest else "b"]["Question 2" in request.rest]

    mapper = mapper_of(answer, SCHEMA)
    first, second = mapper.map([request_for(TEXT, SCHEMA), request_for("Meningioma.", SCHEMA)])
    assert rows(first) == [("glioma", "has_episode", "progression")]
    assert second.relations == second.denied == ()


def test_the_task_is_not_for_schemas_without_steps():
    from radnlp_llama.tasks.questions import step_rounds

    from radnlp.api import default_catalogue

    with pytest.raises(ConfigError, match="'chest_ct' does not decide in steps"):
        step_rounds(default_catalogue().vocabulary("chest_ct"))
