"""radnlp as a guest in somebody else's pipeline."""

import pytest
import spacy

TEXT = "History of pneumonia. There is no evidence of effusion. A nodule is seen in the right upper lobe."


@pytest.fixture(scope="module")
def hosts():
    """A pipeline with medspaCy's own components, and the same with radnlp after and before them."""
    import medspacy.context
    import medspacy.target_matcher  # noqa: F401
    from medspacy.ner import TargetRule

    def make(*, radnlp_first=None):
        nlp = spacy.blank("en")
        if radnlp_first is True:
            nlp.add_pipe("radnlp", config={"schema": "chest_ct"})
        nlp.add_pipe("sentencizer")
        matcher = nlp.add_pipe("medspacy_target_matcher")
        matcher.add([TargetRule("pneumonia", "PROBLEM"), TargetRule("effusion", "PROBLEM"), TargetRule("nodule", "X")])
        nlp.add_pipe("medspacy_context")
        if radnlp_first is False:
            nlp.add_pipe("radnlp", config={"schema": "chest_ct"})
        return nlp

    return make(), make(radnlp_first=True), make(radnlp_first=False)


def of_the_host(doc):
    """Everything that is the host's."""
    ents = [(e.text, e.label_, e._.is_negated, e._.is_historical, len(e._.modifiers)) for e in doc.ents]
    graph = [(t.text, m.category, m.scope_span) for t, m in doc._.context_graph.edges]
    sentences = [(s.start, s.end) for s in doc.sents]
    tokens = [(t.text, t.is_sent_start, t.ent_type_) for t in doc]
    return ents, graph, sentences, tokens


def test_medspacys_components_see_nothing_of_radnlp(hosts):
    alone, after, before = (nlp(TEXT) for nlp in hosts)
    assert of_the_host(after) == of_the_host(alone)
    assert of_the_host(before) == of_the_host(alone)
    assert alone.ents, "the host finds entities, or the test would show nothing"


def test_radnlps_findings_do_not_depend_on_the_host(hosts, chest_ct):
    expected = [(f.key, f.status, dict(f.values)) for f in chest_ct(TEXT)._.rad.findings]
    for nlp in hosts[1:]:
        assert [(f.key, f.status, dict(f.values)) for f in nlp(TEXT)._.rad.findings] == expected


def test_only_names_of_radnlp_are_added_to_the_doc(hosts):
    alone, after, _ = (nlp(TEXT) for nlp in hosts)
    added = {key for key in after.user_data if key not in alone.user_data}
    assert added == {"radnlp"}
    assert set(after.spans) - set(alone.spans) == {"radnlp"}


def test_the_covering_tokens_of_another_tokenizer_are_marked():
    nlp = spacy.blank("en")
    nlp.add_pipe("radnlp", config={"schema": "chest_ct"})
    doc = nlp("8mm nodule은 RUL에 보임")
    span = doc.spans["radnlp"][0]
    assert (span.text, span._.rad_key) == ("nodule은", "nodules")
    mention = doc._.rad.mentions[0]
    assert doc.text[mention.start : mention.end] == "nodule"
