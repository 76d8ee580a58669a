"""Reports with their mentions written into them, turned into the requests that providers get."""

import pytest

from radnlp.api import (
    EntityKey,
    EntityValue,
    Lexicon,
    MappingRequest,
    Mention,
    RelationType,
    Report,
    ReportView,
    Schema,
)
from radnlp.rules.keys import RuleKeyClassifier
from radnlp.testing import parse_markup
from radnlp.text import SentenceSplitter

VALUES = ("right_lung", "left_lung", "rul", "rml", "rll", "lul", "lll")


@pytest.fixture(scope="session")
def schema():
    """Three lesions; the effusion has no location."""
    return Schema(
        id="lobes",
        version="1.0.0",
        title="Lobes",
        languages=("en", "ko"),
        source="invented",
        keys=tuple(EntityKey(id=name, type="lesion", label=name) for name in ("nodules", "mass", "pleural_effusion")),
        values=tuple(EntityValue(id=name, type="location", label=name) for name in VALUES),
        relations=(RelationType(id="located_in", value_type="location", keys=("nodules", "mass")),),
    )


@pytest.fixture(scope="session")
def lexicon():
    return Lexicon(
        languages=("en", "ko"), connectives=("and", "in the", "및", "과", "와"), clause_breaks=("but", ";", "지만")
    )


@pytest.fixture(scope="session")
def request_of(schema):
    """The request for a marked report, with the keys that the rules find in it."""

    def make(line: str) -> MappingRequest:
        marked = parse_markup(line)
        text = marked.text
        sentences = SentenceSplitter(["rt"]).split(text)
        mentions = tuple(
            Mention(
                entity=mark.entity,
                type=next(row.type for row in (*schema.keys, *schema.values) if row.id == mark.entity),
                status=None if mark.entity in VALUES else mark.status or "present",
                start=mark.start,
                end=mark.end,
                sentence=next(s.index for s in sentences if s.start <= mark.start and mark.end <= s.end),
                excluded="recommendation" if mark.excluded else None,
            )
            for mark in marked.marks
        )
        view = ReportView(report=Report(id="r1", text=text), sections=(), sentences=sentences, mentions=mentions)
        (keys,) = RuleKeyClassifier(schema).classify([view])
        return MappingRequest(view=view, keys=tuple(key for key in keys if key.status != "absent"))

    return make


@pytest.fixture(scope="session")
def places(request_of):
    """Which places a mapper gives each key of a marked report; and which the marks want."""

    def compare(mapper, line: str):
        request = request_of(line)
        (result,) = mapper.map([request])
        found: dict[str, set[str]] = {}
        for relation in result.relations:
            assert relation.type == "located_in"
            for span in (*relation.key_evidence, *relation.value_evidence):
                assert request.view.report.text[span.start : span.end] == span.text
            found.setdefault(relation.key, set()).add(relation.value)
        wanted: dict[str, set[str]] = {}
        for mark in parse_markup(line).marks:
            for names in mark.values.values():
                wanted.setdefault(mark.entity, set()).update(names)
        return found, {key: names for key, names in wanted.items() if names}

    return compare
