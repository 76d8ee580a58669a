"""Rules first, the second provider for what they are unsure of: who is asked what, and whose answer is taken."""

import pytest

from radnlp.api import AnswerError, ConfigError, Issue, MappingResult, Relation
from radnlp.rules.cascade import CascadeMapper, Measure
from radnlp.rules.cascade.second import Second
from radnlp.rules.mapper import RuleMapper
from radnlp.testing import ScriptedMapper

#: Sure of all but what shares the place of another finding.
MEASURE = Measure(version="test", base=3.0, weights={"lent": -3.5}, shifts={})
SURE = "[Mass](mass) in the [LLL](lll)."
#: The rules give the nodule the place of the mass: unsure (0.38).
UNSURE = "[Nodule](nodules) and [mass](mass) in the [RUL](rul)."


@pytest.fixture
def asked():
    """The keys that the second provider was asked about, request by request."""
    return []


@pytest.fixture
def cascade(schema, lexicon, asked):
    def make(answer=None, **options):
        def recorded(request):
            asked.append([key.key for key in request.keys])
            return answer(request)

        second = Second("other", ScriptedMapper(recorded)) if answer else None
        rules = RuleMapper(schema, lexicon)
        return CascadeMapper(schema, rules, second, **{"measure": MEASURE, "threshold": 0.8, **options})

    return make


def says(*values, denied=()):
    """Answers these places for every key."""

    def answer(request):
        rows = [Relation(key=k.key, type="located_in", value=v, source="other") for k in request.keys for v in values]
        return MappingResult(relations=tuple(rows), denied=denied)

    return answer


def told(result):
    """(key, value, who said so)."""
    return {(row.key, row.value, row.source) for row in result.relations}


def ends(result):
    return {route.key: route.end for route in result.routes}


def test_where_the_rules_are_sure_nobody_is_asked(cascade, request_of, asked):
    mapper = cascade(says("rml"))
    (result,) = mapper.map([request_of(SURE)])
    assert asked == []
    assert told(result) == {("mass", "lll", "rules")}
    assert result.relations[0].score == result.routes[0].score == 0.9526
    assert ends(result) == {"mass": "sure"}
    assert mapper.spent()[0]["calls"] == 0


def test_of_a_report_only_the_unsure_keys_are_asked_about(cascade, request_of, asked):
    mapper = cascade(says("lll"))
    (result,) = mapper.map([request_of(UNSURE)])
    assert asked == [["nodules"]]
    assert told(result) == {("nodules", "lll", "other"), ("mass", "rul", "rules")}
    assert ends(result) == {"nodules": "differs", "mass": "sure"}
    assert mapper.spent() == [
        {"calls": 1, "keys_kept": 1, "keys_asked": 1, "keys_out_of_budget": 0, "keys_failed": 0},
    ]


def test_the_trace_says_how_sure_why_and_who(cascade, request_of):
    (result,) = cascade(says("rul")).map([request_of(UNSURE)])
    route = next(route for route in result.routes if route.key == "nodules")
    assert (route.score, route.why) == (0.3775, ("shares the place of a finding beside it",))
    assert (route.first, route.asked, route.end) == ("rules", "other", "agreed")


def test_what_the_second_denies_is_denied_and_its_issues_are_told(cascade, request_of):
    warning = Issue(level="warning", stage="relations", code="odd", message="odd")
    answer = MappingResult(denied=("nodules", "mass"), issues=(warning,))
    (result,) = cascade(lambda request: answer).map([request_of(UNSURE)])
    assert result.denied == ("nodules",), "of the mass it was not asked"
    assert result.issues == (warning,)
    assert ends(result)["nodules"] == "differs"


def test_what_it_says_of_other_keys_is_not_taken(cascade, request_of):
    answer = MappingResult(relations=(Relation(key="mass", type="located_in", value="lll", source="other"),))
    (result,) = cascade(lambda request: answer).map([request_of(UNSURE)])
    assert told(result) == {("mass", "rul", "rules")}


def refuses(request):
    raise AnswerError("the model could not be asked")


def breaks(request):
    raise ValueError(f"cannot read {request.view.report.text}")


def confused(request):
    fault = Issue(level="error", stage="relations", code="answer_incomplete", message="half an answer")
    return MappingResult(relations=says("lll")(request).relations, issues=(fault,))


@pytest.mark.parametrize("answer", [refuses, breaks, confused])
def test_where_the_second_fails_the_rules_stand_and_the_report_has_a_warning(answer, cascade, request_of):
    mapper = cascade(answer)
    (result,) = mapper.map([request_of(UNSURE)])
    assert told(result) == {("nodules", "rul", "rules"), ("mass", "rul", "rules")}
    assert {issue.level for issue in result.issues} == {"warning"}
    assert "cascade_failed" in {issue.code for issue in result.issues}
    assert not any("RUL" in issue.message for issue in result.issues), "words of the report"
    assert ends(result)["nodules"] == "failed"
    assert mapper.spent()[0]["keys_failed"] == 1


def test_a_failing_report_costs_no_other_one_its_answer(cascade, request_of):
    good, bad = request_of(UNSURE), request_of(UNSURE)

    def answer(request):
        if request.view is bad.view:
            raise ValueError
        return says("lll")(request)

    results = cascade(answer).map([good, bad, good])
    assert [ends(result)["nodules"] for result in results] == ["differs", "failed", "differs"]


def test_a_second_provider_that_cannot_work_at_all_stops_the_run(cascade, request_of):
    def answer(request):
        raise ConfigError("no such model")

    with pytest.raises(ConfigError, match="no such model"):
        cascade(answer).map([request_of(UNSURE)])


@pytest.mark.parametrize("size", [1, 3, 8])
def test_the_budget_is_a_share_of_what_was_read_whatever_the_batches(size, cascade, request_of):
    mapper = cascade(says("lll"), budget=0.25)
    requests = [request_of(line) for line in (SURE, UNSURE, UNSURE, UNSURE, UNSURE, UNSURE, UNSURE, UNSURE)]
    results, spent = [], []
    for at in range(0, len(requests), size):
        results += mapper.map(requests[at : at + size])
        spent += mapper.spent()
    came = [ends(result).get("nodules") for result in results]
    out = "out_of_budget"
    assert came == [None, "differs", out, out, "differs", out, out, out]
    assert sum(cost["calls"] for cost in spent) == 2
    assert sum(cost["keys_out_of_budget"] for cost in spent) == 5


def test_without_a_second_provider_there_are_scores_and_reasons(cascade, request_of):
    (result,) = cascade().map([request_of(UNSURE)])
    assert told(result) == {("nodules", "rul", "rules"), ("mass", "rul", "rules")}
    assert ends(result) == {"nodules": "unsure", "mass": "sure"}


def test_what_the_second_provider_spent_is_told_behind_its_name(cascade, schema, lexicon, request_of):
    class Metered(ScriptedMapper):
        def spent(self):
            return [{"tokens": 7}]

    mapper = CascadeMapper(
        schema, RuleMapper(schema, lexicon), Second("other", Metered(says("lll"))), measure=MEASURE, threshold=0.8
    )
    mapper.map([request_of(SURE), request_of(UNSURE)])
    assert [cost.get("other.tokens") for cost in mapper.spent()] == [None, 7]
