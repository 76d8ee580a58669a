"""The relations of a report, with their evidence and the way to them."""


def relations(nlp, text):
    return [
        (relation.value, relation.value_evidence[0].text, relation.key_evidence[0].text, relation.rule)
        for relation in nlp(text)._.rad.relations
    ]


def test_each_relation_points_to_the_words_and_says_how(brain_mri):
    text = "1. Metastasis, decreased. The surrounding edema has increased.\n - It is otherwise stable."
    assert relations(brain_mri, text) == [
        ("improvement", "decreased", "Metastasis", "said of it"),
        ("progression", "has increased", "Metastasis", "said of a part of it, 'surrounding edema'"),
        ("stable", "stable", "Metastasis", "said of 'It', which goes back to it"),
    ]


def test_values_come_in_schema_order(brain_mri):
    (finding,) = brain_mri("Metastases: one stable, one smaller, one new.")._.rad.findings
    assert finding.values == {"has_episode": ("progression", "stable", "improvement")}


def test_nothing_is_read_in_the_history(brain_mri):
    assert relations(brain_mri, "Clinical information: progression of GBM") == []


def test_what_is_not_there_any_more_has_not_stayed_the_same(brain_mri):
    assert relations(brain_mri, "S/P op. for GBM, no recurrence.\nNo interval change.") == []


def test_the_lines_of_a_dated_list_are_the_tumours(brain_mri):
    text = "[Findings]\nLt. frontal: 9 mm (9/3: 13 mm).\n[Conclusion]\nBrain metastases."
    assert relations(brain_mri, text) == [
        ("improvement", "9 mm (9/3: 13 mm", "Brain metastases", "said of no other finding")
    ]


def test_a_schema_without_changes_has_none(chest_ct):
    assert {r.type for r in chest_ct("Nodule in the RUL, increased.")._.rad.relations} == {"located_in"}


def test_a_sentence_that_never_ends_takes_no_more_than_its_length(brain_mri, growth):
    assert growth(lambda size: brain_mri("nodule increased and metastasis " * size), 100) < 10
