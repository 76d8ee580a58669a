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
    Signpost,
)
from radnlp.records import HeadingRule
from radnlp.rules.keys import RuleKeyClassifier
from radnlp.testing import parse_markup
from radnlp.text import SectionFinder, SentenceSplitter

VALUES = ("right_lung", "left_lung", "rul", "rml", "rll", "lul", "lll")

#: A few words of each kind; the full lists are in schemas/lexicons.
SIGNPOSTS = {
    "other_finding": ["tumor", "cyst", "is clear", "are clear", "clear", "종양", "정상"],
    "other_place": ["mediastinum", "thyroid"],
    "same_finding": ["it", "they", "the largest", "others", "another", "그 병변"],
    "placed": ["located", "measuring"],
    "same_place": ["same lobe", "there", "같은 엽"],
    "beside": ["adjacent", "인접한"],
    "opposite": ["contralateral"],
    "same_side": ["ipsilateral"],
    "around": ["around"],
    "touches": ["abutting", "except"],
    "cause": ["due to"],
    "respectively": ["respectively", "각각"],
    "emphasis": ["especially", "more on", "특히"],
    "in": ["in", "of", "on", "throughout"],
    "is": ["is", "are", "shows", "there is", "에", "의"],
    "closes": ["있", "보이"],
    "with": ["with", "동반"],
    "and": ["and", "or", "/", "및", "와", "과"],
    "more_than": [">"],
    "nothing": ["as it", "no other"],
}


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
        languages=("en", "ko"),
        clause_breaks=("but", ";", "지만"),
        signposts=tuple(
            Signpost(phrase=phrase, kind=kind, owner="signposts.toml")
            for kind, phrases in SIGNPOSTS.items()
            for phrase in phrases
        ),
    )


@pytest.fixture(scope="session")
def view_of():
    """A marked report as the stages before the providers understood it; FINDINGS and IMPRESSION are headings."""
    splitter = SentenceSplitter(["rt"])
    finder = SectionFinder(HeadingRule(phrase=name, section=name, owner="") for name in ("findings", "impression"))

    def make(line: str, schema: Schema) -> ReportView:
        marked = parse_markup(line)
        text = marked.text
        sections = finder.find(text)
        sentences = splitter.split(text, sections)
        keys = {key.id: key.type for key in schema.keys}
        types = keys | {value.id: value.type for value in schema.values}
        mentions = []
        row = 0
        for mark in marked.marks:
            while sentences[row].end < mark.end:
                row += 1
            mentions.append(
                Mention(
                    entity=mark.entity,
                    type=types[mark.entity],
                    status=(mark.status or "present") if mark.entity in keys else None,
                    start=mark.start,
                    end=mark.end,
                    sentence=sentences[row].index,
                    section=sentences[row].section,
                    excluded="recommendation" if mark.excluded else None,
                )
            )
        report = Report(id="r1", text=text)
        return ReportView(report=report, sections=sections, sentences=sentences, mentions=tuple(mentions))

    return make


@pytest.fixture(scope="session")
def request_of(schema, view_of):
    """The request for a marked report, with the keys that the rules find in it."""

    def make(line: str) -> MappingRequest:
        view = view_of(line, schema)
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
