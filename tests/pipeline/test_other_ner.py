"""Status, keys and relations on the entities of somebody else's components, across every border that spaCy has."""

import json
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Span

import radnlp
from radnlp.pipes.spans import QUALIFIERS

TEXT = "No coin lesion. Possible shadow in the RUL.\n8mm spot결절 in the left lower lobe. Dr. Smith, 3 May."
PATTERNS = [
    {"label": "NODULE", "pattern": "coin lesion"},
    {"label": "NODULE", "pattern": [{"LOWER": "spot결절"}]},
    {"label": "FINDING", "pattern": "shadow", "id": "mass"},
    {"label": "LOC_RUL", "pattern": "RUL"},
    {"label": "PERSON", "pattern": "Smith"},
    {"label": "DATE", "pattern": "3 May"},
]
LABELS = {"NODULE": "nodules", "LOC_RUL": "rul", "DATE": ""}

# Small, because every pipeline here reads it anew.
SCHEMA = """
id = "small"
version = "1.0.0"
title = "Two lesions and two lobes"
languages = ["en"]
source = "invented"

[keys]
nodules = { type = "lesion", label = "Nodules" }
mass = { type = "lesion", label = "Mass" }

[values]
rul = { type = "location", label = "RUL" }
lll = { type = "location", label = "LLL" }

[relations.located_in]
value_type = "location"
keys = ["nodules", "mass"]
"""
TERMS = """
language = "en"
terms = [
    { entities = ["lll"], phrases = ["left lower lobe"] },
    { entities = ["nodules"], phrases = ["nodule[s]"] },
]
"""


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """The folder of the small schema."""
    folder = tmp_path_factory.mktemp("schemas") / "small"
    (folder / "terms").mkdir(parents=True)
    (folder / "schema.toml").write_text(SCHEMA, "utf-8")
    (folder / "terms" / "words.toml").write_text(TERMS, "utf-8")
    return str(folder)


def host():
    """Somebody's pipeline, with their tokenizer and their entities."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)
    return nlp


def with_guest(nlp, schema, **mentions):
    nlp.add_pipe("radnlp", config={"schema": schema, "settings": {"mentions": {"labels": LABELS, **mentions}}})
    return nlp


@pytest.fixture(scope="module")
def guest(schema):
    """The host with radnlp behind it."""
    return with_guest(host(), schema, source="ents")


@pytest.fixture(scope="module")
def on_groups(schema):
    """A component that takes the group ``sc`` of any Doc."""
    return with_guest(spacy.blank("en"), schema, source="spans").get_pipe("radnlp")


@pytest.fixture(scope="module")
def on_qualifiers(schema):
    """A component that takes entities of any Doc with what is said of them."""
    return with_guest(spacy.blank("en"), schema, source="ents", qualifiers=True).get_pipe("radnlp")


def findings(doc):
    return [(f.key, f.status, dict(f.values), [e.text for e in f.evidence]) for f in doc._.rad.findings]


EXPECTED = [
    ("nodules", "present", {"located_in": ("lll",)}, ["spot결절"]),
    ("mass", "uncertain", {"located_in": ("rul",)}, ["shadow"]),
]


def test_status_keys_and_relations_on_their_entities(guest):
    doc = guest(TEXT)
    assert findings(doc) == EXPECTED
    statuses = {doc.text[m.start : m.end]: m.status for m in doc._.rad.mentions}
    assert statuses == {
        "coin lesion": "absent",
        "shadow": "uncertain",
        "RUL": None,
        "spot결절": "present",
        "left lower lobe": None,
    }


def test_their_entities_and_groups_stay_as_they_are(guest):
    shown = [[(ent.start, ent.end, ent.label_, ent.ent_id_) for ent in nlp(TEXT).ents] for nlp in (host(), guest)]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 6
    assert list(guest(TEXT).spans) == ["radnlp"]


def test_a_label_that_names_nothing_is_one_warning_for_the_report(guest):
    (issue,) = guest(TEXT)._.rad.issues
    assert (issue.level, issue.stage, issue.code) == ("warning", "mentions", "unknown_label")
    assert "'PERSON' (1)" in issue.message
    assert "Smith" not in issue.message


def test_where_mentions_came_from_is_in_the_provenance(guest):
    assert guest(TEXT)._.rad.provenance.providers["mentions"] == {"name": "doc.ents"}


def test_stages_one_by_one_may_have_their_component_between_them(schema):
    nlp = radnlp.add_pipes(spacy.blank("en"), schema, settings={"mentions": {"source": "ents", "labels": LABELS}})
    nlp.add_pipe("entity_ruler", after="radnlp_text").add_patterns(PATTERNS)
    assert findings(nlp(TEXT)) == EXPECTED


def test_a_pipeline_of_our_own_with_their_component_before_it(schema):
    nlp = radnlp.load(schema, settings={"mentions": {"source": "ents", "labels.NODULE": "nodules"}})
    nlp.add_pipe("entity_ruler", before="radnlp").add_patterns(PATTERNS[:1])
    assert findings(nlp("No coin lesion. A nodule.")) == [("nodules", "absent", {}, ["coin lesion"])]


def test_a_span_group_as_a_span_categorizer_leaves_it(on_groups):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "sc"})
    ruler.add_patterns([{"label": "NODULE", "pattern": "spot in the RUL"}, {"label": "LOC_RUL", "pattern": "RUL"}])
    doc = on_groups(nlp("Small spot in the RUL."))
    assert findings(doc) == [("nodules", "present", {"located_in": ("rul",)}, ["spot in the RUL"])]
    assert {(span.text, span.label_) for span in doc.spans["sc"]} == {("spot in the RUL", "NODULE"), ("RUL", "LOC_RUL")}


@pytest.mark.parametrize("language", ["en", "ko", "xx"])
def test_offsets_are_those_of_the_text_however_it_is_tokenized(on_groups, language):
    config = {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}}
    doc = spacy.blank(language, config=config).make_doc("𝟏. Left  lung:\t nodule은 \U0001f9e0 seen.")
    token = next(token for token in doc if "nodule" in token.text)
    doc.spans["sc"] = [Span(doc, token.i, token.i + 1, label="NODULES")]
    extraction = on_groups(doc)._.rad
    mention = next(mention for mention in extraction.mentions if mention.entity == "nodules")
    assert doc.text[mention.start : mention.end] == token.text == extraction.findings[0].evidence[0].text


# Borders


def test_several_processes_disk_and_a_fresh_process(guest, tmp_path):
    assert [findings(doc) for doc in guest.pipe([TEXT] * 4, n_process=2, batch_size=2)] == [EXPECTED] * 4
    guest.to_disk(tmp_path / "pipeline")
    code = f"""
import json, spacy
nlp = spacy.load({str(tmp_path / "pipeline")!r})
rows = [doc._.rad for doc in nlp.pipe({[TEXT]!r})]
print(json.dumps([[f.key, f.status, dict(f.values), [e.text for e in f.evidence]] for r in rows for f in r.findings]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(json.dumps(EXPECTED))


# Qualifiers


def said(doc):
    return {doc.text[m.start : m.end]: m.excluded or m.status for m in doc._.rad.mentions if m.status}


def test_medspacys_context_decides_where_it_is_asked_to(on_qualifiers):
    import medspacy.context
    import medspacy.target_matcher  # noqa: F401
    from medspacy.ner import TargetRule

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    rules = [TargetRule(word, "NODULE") for word in ("infiltrate", "mass", "opacity", "nodule")]
    nlp.add_pipe("medspacy_target_matcher").add(rules)
    nlp.add_pipe("medspacy_context")
    doc = nlp("No infiltrate. A mass was seen. Opacity cannot be excluded. Mother had a nodule.")
    theirs = {ent.text: (ent._.is_negated, ent._.is_uncertain, ent._.is_family) for ent in doc.ents}
    assert theirs["Opacity"] == (False, False, False), "or the test would not show that our cues are silent"
    doc = on_qualifiers(doc)
    assert said(doc) == {"infiltrate": "absent", "mass": "present", "Opacity": "present", "nodule": "family"}
    (cue,) = doc._.rad.mentions[0].cues
    assert (cue.literal, cue.text) == ("span._.is_negated", "infiltrate")


def test_attributes_named_as_edsnlp_names_them(on_qualifiers):
    names = ("negation", "hypothesis", "history", "family")
    # medspaCy, where it was imported, gives every span its own; without them a span may have said nothing at all.
    theirs = {name: Span.remove_extension(name) for name in QUALIFIERS if Span.has_extension(name)}
    for name in names:
        Span.set_extension(name, default=None)
    try:
        doc = host()(TEXT)
        first, second, third = (ent for ent in doc.ents if ent.label_ in ("NODULE", "FINDING"))
        first._.negation, second._.history = False, True
        assert third._.negation is None
        assert said(on_qualifiers(doc)) == {"coin lesion": "present", "shadow": "historical", "spot결절": "present"}
    finally:
        for name in names:
            Span.remove_extension(name)
        for name, (default, method, getter, setter) in theirs.items():
            Span.set_extension(name, default=default, method=method, getter=getter, setter=setter)
