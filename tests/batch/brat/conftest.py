"""A small vocabulary, and extractions of invented reports in it."""

import pytest

from radnlp.records import (
    EntityKey,
    EntityValue,
    EvidenceSpan,
    Extraction,
    Finding,
    HeadingRule,
    Lexicon,
    Mention,
    Relation,
    RelationType,
    Report,
    Schema,
)


@pytest.fixture(scope="session")
def schema():
    return Schema(
        id="tiny",
        version="1.0.0",
        title="Tiny",
        languages=("en",),
        source="invented",
        keys=tuple(EntityKey(id=name, type="lesion", label=name) for name in ("nodules", "mass", "ggo")),
        values=tuple(EntityValue(id=name, type="location", label=name) for name in ("rul", "lll")),
        relations=(RelationType(id="located_in", value_type="location", keys=("nodules", "ggo")),),
        section_effects={"technique": "excluded", "history": "historical"},
    )


@pytest.fixture(scope="session")
def lexicon():
    return Lexicon(languages=("en",), headings=(HeadingRule(phrase="findings", section="findings", owner=""),))


TEXT = "Findings:\r\nGround-glass\r\nnodule in the right, \U0001f9e0 and\nupper lobe. No mass. Prior 결절 in LLL."


def place(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def span(words):
    start, end = place(words)
    return EvidenceSpan(start=start, end=end, text=words)


def mention(words, entity, kind, status=None, excluded=None):
    start, end = place(words)
    return Mention(entity=entity, type=kind, status=status, start=start, end=end, sentence=1, excluded=excluded)


@pytest.fixture(scope="session")
def report():
    return Report(id="ward/r1", text=TEXT)


@pytest.fixture(scope="session")
def extraction():
    """A nodule of two names on two lines, whose lobe is told in two pieces; a mass that is denied; an old nodule."""
    both = "Ground-glass\r\nnodule"
    relations = [
        Relation(
            key=key,
            type="located_in",
            value="rul",
            key_evidence=(span(both),),
            value_evidence=(span("right"), span("upper lobe")),
            source="rules",
        )
        for key in ("nodules", "ggo")
    ]
    return Extraction(
        report_id="ward/r1",
        schema="tiny",
        schema_version="1.0.0",
        findings=(
            Finding(key="nodules", status="present", values={"located_in": ("rul",)}, evidence=(span(both),)),
            Finding(key="mass", status="absent", evidence=(span("mass"),)),
            Finding(key="ggo", status="present", values={"located_in": ("rul",)}, evidence=(span(both),)),
        ),
        mentions=(
            mention(both, "nodules", "lesion", "present"),
            mention(both, "ggo", "lesion", "present"),
            mention("mass", "mass", "lesion", "absent"),
            mention("결절", "nodules", "lesion", "historical", excluded="question"),
            mention("LLL", "lll", "location"),
        ),
        relations=tuple(relations),
    )
