"""Chest CT: what an answer comes to for a report. The model is played by the test."""

import pytest

from radnlp.api import Choice, Generated

TEXT = "Nodules in the right middle lobe. Another one in the LLL. Possible left pleural effusion."


def answer(nodules, effusion='["uncertain","left_lung"]'):
    return f'{{"nodules":{nodules},"pleural_effusion":{effusion}}}'


def rows(result):
    return [(relation.key, relation.type, relation.value) for relation in result.relations]


def test_relations_with_their_evidence(mapper_of, request_for):
    mapper = mapper_of([answer('["present","rml","lll"]')])
    (result,) = mapper.map([request_for(TEXT)])
    assert rows(result) == [
        ("nodules", "located_in", "rml"),
        ("nodules", "located_in", "lll"),
        ("pleural_effusion", "has_side", "left_lung"),
    ]
    assert [[span.text for span in relation.key_evidence] for relation in result.relations] == [
        ["Nodules"],
        ["Nodules"],
        ["pleural effusion"],
    ]
    assert [[span.text for span in relation.value_evidence] for relation in result.relations] == [
        ["right middle lobe"],
        ["LLL"],
        ["left"],
    ]
    assert {relation.source for relation in result.relations} == {"llama"}
    assert result.relations[0].rule == "answered as present"
    assert result.denied == result.issues == ()


def test_the_model_is_asked_about_the_keys_of_stage_one_alone(mapper_of, request_for):
    mapper = mapper_of([answer('["present"]')])
    mapper.map([request_for(TEXT + " No mass.")])
    (question,) = mapper.llm.requests
    assert question.rest.endswith("</report>\nKeys: nodules, pleural_effusion\nAnswer:\n")
    assert question.rest.startswith(TEXT)
    assert [part.name for part in question.form if hasattr(part, "name")] == [
        "nodules.status",
        "nodules.located_in",
        "pleural_effusion.status",
        "pleural_effusion.has_side",
    ]


def test_a_report_without_keys_is_not_asked_about(mapper_of, request_for):
    mapper = mapper_of([])
    (result,) = mapper.map([request_for("No nodule.")])
    assert result.relations == () and mapper.llm.requests == []
    assert mapper.spent() == [{}]


def test_all_questions_begin_alike(mapper_of, request_for):
    mapper = mapper_of(lambda request: "{}")
    mapper.map([request_for(TEXT), request_for("A mass in the RUL.")])
    first, second = mapper.llm.requests
    assert first.prefix == second.prefix and first.rest != second.rest
    assert TEXT not in first.prefix


def test_absent_denies_the_key(mapper_of, request_for):
    mapper = mapper_of([answer('["absent"]')])
    (result,) = mapper.map([request_for(TEXT)])
    assert result.denied == ("nodules",)
    assert rows(result) == [("pleural_effusion", "has_side", "left_lung")]


def test_values_of_an_absent_key_are_left_out_with_a_warning(mapper_of, request_for):
    mapper = mapper_of([answer('["absent","rul"]')])
    (result,) = mapper.map([request_for(TEXT)])
    assert result.denied == ("nodules",)
    assert rows(result) == [("pleural_effusion", "has_side", "left_lung")]
    (issue,) = result.issues
    assert (issue.level, issue.code) == ("warning", "values_of_absent_key")
    assert "nodules" in issue.message


class TestScore:
    def scored(self, *probabilities):
        names = ("nodules.status", "nodules.located_in", "pleural_effusion.status", "pleural_effusion.has_side")
        choices = tuple(Choice(name=n, chosen=("x",), probability=p) for n, p in zip(names, probabilities, strict=True))
        text = answer('["present","rml"]')
        return Generated(text=text, choices=choices, score=0.5, counts={"calls": 3, "prompt_tokens": 900})

    def test_it_is_the_product_of_the_choices_of_the_key(self, mapper_of, request_for):
        mapper = mapper_of([self.scored(0.9, 0.5, 0.8, 0.25)])
        (result,) = mapper.map([request_for(TEXT)])
        assert [relation.score for relation in result.relations] == [0.45, 0.2]
        assert mapper.spent() == [{"calls": 3, "prompt_tokens": 900}]

    def test_none_when_a_choice_has_none(self, mapper_of, request_for):
        (result,) = mapper_of([self.scored(0.9, None, 0.8, 0.25)]).map([request_for(TEXT)])
        assert [relation.score for relation in result.relations] == [None, 0.2]

    def test_none_from_a_model_that_tells_no_probabilities(self, mapper_of, request_for):
        (result,) = mapper_of([answer('["present","rml"]')]).map([request_for(TEXT)])
        assert {relation.score for relation in result.relations} == {None}


class TestAnswersThatWereNotUnderstood:
    def test_the_report_has_an_error_and_the_other_keys_their_relations(self, mapper_of, request_for):
        mapper = mapper_of([answer('["severe","rml"]')])
        (result,) = mapper.map([request_for(TEXT)])
        assert rows(result) == [("pleural_effusion", "has_side", "left_lung")]
        assert [(issue.level, issue.stage, issue.code) for issue in result.issues] == [
            ("error", "relations", "answer_invalid")
        ]
        assert "nodules.status: not one of the options; these keys have no relations" in result.issues[0].message

    def test_no_answer_at_all(self, mapper_of, request_for):
        (result,) = mapper_of(["There is a nodule."]).map([request_for(TEXT)])
        assert result.relations == result.denied == ()
        assert "no JSON object in the 18 characters" in result.issues[0].message
        assert "nodule" not in result.issues[0].message.replace("nodules", "")

    def test_what_was_mended_is_a_warning(self, mapper_of, request_for):
        text = answer('["present","Rt middle lobe"]')
        (result,) = mapper_of([f"```json\n{text}\n```"]).map([request_for(TEXT)])
        assert ("nodules", "located_in", "rml") in rows(result)
        assert [(issue.level, issue.code) for issue in result.issues] == [("warning", "answer_repaired")]
        assert "code fence; nodules.located_in: in other words" in result.issues[0].message

    def test_a_report_that_is_too_long_for_the_context(self, mapper_of, request_for):
        fault = Generated(text="", fault="context_overflow", finished=False, counts={"prompt_tokens": 9000})
        (result,) = mapper_of([fault]).map([request_for(TEXT)])
        assert [(issue.level, issue.code) for issue in result.issues] == [("error", "context_overflow")]
        assert "(9000 tokens)" in result.issues[0].message and "relations.n_ctx" in result.issues[0].message

    def test_the_rules_answer_only_when_asked_to_and_are_marked(self, mapper_of, request_for):
        script = [answer('["severe"]')]
        mapper = mapper_of(script, fallback="rules")
        (result,) = mapper.map([request_for(TEXT)])
        assert {(relation.key, relation.value, relation.source) for relation in result.relations} == {
            ("nodules", "rml", "rules"),
            ("nodules", "lll", "rules"),
            ("pleural_effusion", "left_lung", "llama"),
        }
        assert [(issue.level, issue.code) for issue in result.issues] == [("error", "answer_invalid")]
        assert "for these keys the rules answer" in result.issues[0].message
        assert mapper.spent() == [{"fallback_keys": 1}]


class TestUnanchored:
    """ "A relation without an anchor in the text is kept, with empty evidence, and counted in provenance."""

    SCRIPT = answer('["present","rml","rul"]')  # nobody speaks of the upper lobe

    def test_kept_with_empty_evidence(self, mapper_of, request_for):
        (result,) = mapper_of([self.SCRIPT]).map([request_for(TEXT)])
        upper = next(relation for relation in result.relations if relation.value == "rul")
        assert upper.key_evidence == upper.value_evidence == ()

    def test_dropped_and_counted_by_a_setting(self, mapper_of, request_for):
        mapper = mapper_of([self.SCRIPT], unanchored="drop")
        (result,) = mapper.map([request_for(TEXT)])
        assert "rul" not in [relation.value for relation in result.relations]
        assert mapper.spent() == [{"dropped_relations": 1}]


def test_a_report_is_answered_alike_alone_and_among_others(mapper_of, request_for):
    script = lambda request: answer('["present","rml"]')  # noqa: E731
    requests = [request_for(TEXT), request_for("No nodule."), request_for("Nodules. Pleural effusion.")]
    mapper = mapper_of(script)
    together = mapper.map(requests)
    assert [result for request in requests for result in mapper.map([request])] == together


def test_the_provenance_names_the_prompt(mapper_of):
    assert mapper_of([]).about == {"prompt": "chest_ct 1.0.0"}


def test_a_process_that_was_started_beside_others_is_refused(mapper_of, request_for, monkeypatch):
    from radnlp.api import ConfigError

    mapper = mapper_of([])
    monkeypatch.setattr("radnlp_llama.tasks.process.os.getpid", lambda: -1)
    with pytest.raises(
        ConfigError, match=r"one process only; leave n_process and workers at 1 and set relations\.batch"
    ):
        mapper.map([request_for(TEXT)])
