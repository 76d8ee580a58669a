"""A pipeline as small as can be: two lesions, three places, and a stand-in for every engine and provider."""

import re

import pytest

from radnlp.pipes import (
    FindingStage,
    KeyStage,
    MentionStage,
    RelationStage,
    StagePipe,
    StatusStage,
    TextStage,
    attach,
    blank_pipeline,
    finish_doc,
    register_extensions,
)
from radnlp.records import (
    Cue,
    EntityKey,
    EntityValue,
    HeadingRule,
    Lexicon,
    RelationType,
    Report,
    Schema,
    Term,
)
from radnlp.rules.cooccurrence import CooccurrenceMapper
from radnlp.rules.keys import RuleKeyClassifier
from radnlp.text import MeasurementFinder

PLACES = {"rul": "RUL", "lll": "LLL", "both": "both lungs"}


class NoAndMaybe:
    """A status engine that knows two words: "no" and "maybe" before a target in its sentence."""

    def cues(self, text, start, end, targets):
        return [tuple(self._before(text, start, first)) for first, _, _ in targets]

    def _before(self, text, start, first):
        for found in re.finditer("no|maybe", text[start:first], re.IGNORECASE):
            a, b = start + found.start(), start + found.end()
            category = "negated" if found[0].lower() == "no" else "uncertain"
            yield Cue(
                start=a,
                end=b,
                text=found[0],
                category=category,
                direction="forward",
                literal=found[0],
                scope=(b, first),
            )


@pytest.fixture(scope="session")
def schema():
    return Schema(
        id="tiny",
        version="1.0.0",
        title="Tiny",
        languages=("en",),
        source="invented",
        keys=tuple(EntityKey(id=name, type="lesion", label=name) for name in ("nodules", "mass")),
        values=tuple(EntityValue(id=name, type="location", label=name) for name in PLACES),
        relations=(RelationType(id="located_in", value_type="location", keys=("nodules",)),),
        section_effects={"technique": "excluded"},
    )


@pytest.fixture(scope="session")
def lexicon():
    words = {"nodule": "nodules", "nodules": "nodules", "mass": "mass", **{word: name for name, word in PLACES.items()}}
    return Lexicon(
        languages=("en",),
        terms=tuple(Term(phrase=phrase, entities=(entity,), owner="") for phrase, entity in words.items()),
        headings=tuple(HeadingRule(phrase=name, section=name, owner="") for name in ("technique", "findings")),
        digest="d1",
    )


@pytest.fixture(scope="session")
def make_stages(schema, lexicon):
    """All stages in order; a provider or the engine may be another one."""

    def make(*, classifier=None, mapper=None, engine=None):
        origin = {"distribution": "radnlp-core", "version": "0"}
        return [
            TextStage(lexicon),
            MentionStage(lexicon),
            StatusStage(schema, engine or NoAndMaybe()),
            KeyStage(schema, classifier or RuleKeyClassifier(schema), {"name": "my_keys", **origin}),
            RelationStage(schema, mapper or CooccurrenceMapper(schema), {"name": "my_relations", **origin}),
            FindingStage(schema, digest=lexicon.digest, version="0.1", measurements=MeasurementFinder(lexicon)),
        ]

    return make


@pytest.fixture(scope="session")
def nlp():
    register_extensions()
    return blank_pipeline()


@pytest.fixture(scope="session")
def read(nlp, make_stages):
    """Texts (or reports) through all stages in one batch; one extraction each."""

    def run(*texts, **others):
        reports = [text if isinstance(text, Report) else Report(id=text[:9], text=text) for text in texts]
        docs = [attach(nlp.make_doc(report.text), report) for report in reports]
        return [doc._.rad for doc in StagePipe(make_stages(**others), finish_doc).pipe(docs)]

    return run
