"""Chest X-ray: one label a lesion, after Noh et al., Sci Rep 2026;16:4645."""

import pytest

from radnlp.api import Choice, ConfigError, Generated

TEXT = "Cardiomegaly. Left pleural effusion. Nodule. Pneumothorax on both sides."
SCHEMA = "chest_xray"


def rows(result):
    return [(relation.key, relation.value) for relation in result.relations]


def test_labels_become_sides_findings_without_side_and_denials(mapper_of, request_for):
    answer = '{"cardiomegaly":"no_side","pleural_effusion":"left","nodule":"not_mentioned","pneumothorax":"bilateral"}'
    mapper = mapper_of([answer], SCHEMA)
    (result,) = mapper.map([request_for(TEXT, SCHEMA)])
    assert rows(result) == [("pleural_effusion", "left"), ("pneumothorax", "bilateral")]
    assert result.denied == ("nodule",)
    assert result.issues == ()


def test_not_mentioned_gives_no_finding_that_counts(monkeypatch):
    """The key that stage one asserted stays visible as denied, without side."""
    import radnlp
    from radnlp.testing import ScriptedLlm

    script = ScriptedLlm(['{"pleural_effusion":"right","nodule":"not_mentioned"}'])
    monkeypatch.setattr("radnlp_llama.tasks.providers.open_generator", lambda settings, **_: script)
    found = radnlp.load(SCHEMA, relations="llama")("Nodule. Right pleural effusion.")._.rad
    assert [(finding.key, finding.status, finding.values) for finding in found.findings] == [
        ("pleural_effusion", "present", {"located_in": ("right",)}),
        ("nodule", "absent", {}),
    ]


def test_keys_without_side_have_no_sides_to_choose_from(mapper_of, request_for):
    mapper = mapper_of(lambda request: "{}", SCHEMA)
    mapper.map([request_for(TEXT, SCHEMA)])
    options = {part.name: part.options for part in mapper.llm.requests[0].form if hasattr(part, "options")}
    assert options["cardiomegaly.label"] == ('"no_side"', '"absent"', '"not_mentioned"')
    assert options["nodule.label"] == ('"right"', '"left"', '"bilateral"', '"no_side"', '"absent"', '"not_mentioned"')


def test_a_few_words_before_the_label_when_asked_for(mapper_of, request_for):
    answer = Generated(
        text='{"nodule":{"reasoning":"a nodule on the right","label":"right"}}',
        choices=(
            Choice(name="nodule.reasoning", chosen=("a nodule on the right",), probability=0.001),
            Choice(name="nodule.label", chosen=("right",), probability=0.9),
        ),
    )
    mapper = mapper_of([answer], SCHEMA, reasoning=True)
    (result,) = mapper.map([request_for("Right lung nodule.", SCHEMA)])
    (relation,) = result.relations
    assert (relation.value, relation.score) == ("right", 0.9)  # the words before it are no decision
    assert "right" in [span.text.lower().split()[0] for span in relation.value_evidence]
    names = [part.name for part in mapper.llm.requests[0].form if hasattr(part, "name")]
    assert names == ["nodule.reasoning", "nodule.label"]
    assert '"reasoning":"granuloma, left upper lobe","label":"left"' in mapper.llm.requests[0].prefix


@pytest.mark.parametrize(
    ("answer", "label", "denied"),
    [
        ('{"nodule":"Right"}', "right", False),
        ('{"nodule":{"side":"R"}}', "right", False),
        ('{"nodule":"both"}', "bilateral", False),
        ('{"nodule":"not mentioned"}', None, True),
        ('{"nodule":"N/A"}', None, True),
        ('{"nodule":"no"}', None, True),
        ('{"nodule":"present"}', None, False),
        ('{"nodule":{"reasoning":"seen on the "right" side","label":"right"}}', "right", False),
    ],
)
def test_labels_in_other_words(mapper_of, request_for, answer, label, denied):
    (result,) = mapper_of([answer], SCHEMA).map([request_for("Nodule in the right upper lobe.", SCHEMA)])
    assert [relation.value for relation in result.relations] == ([label] if label else [])
    assert result.denied == (("nodule",) if denied else ())
    assert {issue.level for issue in result.issues} == {"warning"}


def test_two_labels_that_exclude_each_other_are_no_answer(mapper_of, request_for):
    (result,) = mapper_of(['{"nodule":"right","nodule":"left"}'], SCHEMA).map([request_for("Nodule.", SCHEMA)])
    assert result.relations == result.denied == ()
    assert "two answers that exclude each other" in result.issues[0].message


def test_reasoning_is_for_labels_with_side(mapper_of):
    with pytest.raises(ConfigError, match=r"relations\.reasoning=true: the prompt 'chest_ct'"):
        mapper_of([], reasoning=True)
