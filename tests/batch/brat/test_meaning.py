"""What annotations say in the words of a schema, and what they cannot."""

import pytest

from radnlp.batch.brat.meaning import StandoffReader
from radnlp.batch.brat.standoff import parse_standoff
from radnlp.records import Sentence
from radnlp.schema import Labels

TEXT = "Nodule in the right upper lobe and LLL. No mass.\nGround-glass nodule."
SENTENCES = [Sentence(index=0, start=0, end=39), Sentence(index=1, start=40, end=48, section="findings")]
WORDS = {"Nodule": "0 6", "right upper lobe": "14 30", "LLL": "35 38", "mass": "43 47", "right lobe": "14 19;26 30"}


@pytest.fixture
def read(schema):
    """Annotations written "T1 nodules Nodule", "A1 Status T1 absent", "R1 located_in T1 T2", read over ``TEXT``."""

    def read(*lines, labels=None):
        written = []
        for line in lines:
            kind, label, *rest = line.split(" ")
            words = " ".join(rest)
            if kind[0] == "T":
                written.append(f"{kind}\t{label} {WORDS.get(words, '49 68')}\t{words}")
            elif kind[0] == "R":
                written.append(f"{kind}\t{label} Arg1:{rest[0]} Arg2:{rest[1]}")
            else:
                written.append(f"{kind}\t{label} {words}")
        standoff = parse_standoff("\n".join(written), file="r1.ann")
        return StandoffReader(schema, Labels(schema, labels or {})).read(standoff, TEXT, SENTENCES, file="r1.ann")

    return read


def findings(meaning):
    return {finding.key: (finding.status, dict(finding.values)) for finding in meaning.findings}


def faults(meaning):
    return [(fault.line, fault.message) for fault in meaning.faults]


def test_mentions_with_status_and_relations_make_findings(read):
    meaning = read(
        "T1 nodules Nodule",
        "T2 rul right upper lobe",
        "T3 mass mass",
        "A1 Status T3 absent",
        "R1 located_in T1 T2",
        "T4 lll LLL",
        "R2 located_in T1 T4",
    )
    assert findings(meaning) == {"nodules": ("present", {"located_in": ("rul", "lll")}), "mass": ("absent", {})}
    assert [e.text for finding in meaning.findings for e in finding.evidence] == ["Nodule", "mass"]
    assert [(r.key, r.value, r.value_evidence[0].text) for r in meaning.relations] == [
        ("nodules", "rul", "right upper lobe"),
        ("nodules", "lll", "LLL"),
    ]
    assert [(m.entity, m.status, m.sentence, m.section) for m in meaning.mentions] == [
        ("nodules", "present", 0, None),
        ("rul", None, 0, None),
        ("lll", None, 0, None),
        ("mass", "absent", 1, "findings"),
    ]
    assert faults(meaning) == []


@pytest.mark.parametrize(
    ("attributes", "status"),
    [
        (["A1 Status T1 historical"], "historical"),
        (["A1 status T1 uncertain"], "uncertain"),
        (["A1 Negation T1"], "absent"),
        (["A1 Speculation T1"], "uncertain"),
        (["A1 Speculation T1", "M1 Negation T1"], "absent"),
        (["A1 Negation T1", "A2 Status T1 present"], "present"),
    ],
)
def test_statuses_and_the_binary_attributes_of_others(read, attributes, status):
    meaning = read("T1 mass mass", *attributes)
    assert (findings(meaning), faults(meaning)) == ({"mass": (status, {})}, [])


def test_what_is_excluded_gives_no_finding(read):
    meaning = read("T1 mass mass", "A1 Excluded T1 family")
    assert (findings(meaning), meaning.mentions[0].excluded) == ({}, "family")
    others = ["T1 nodules Nodule", "A1 Excluded T1 family", "T2 lll LLL", "R1 located_in T1 T2", "T3 nodules mass"]
    assert findings(read(*others)) == {"nodules": ("present", {})}


def test_the_strongest_mention_that_counts_decides_and_the_past_gives_it_no_value(read):
    meaning = read(
        "T1 nodules Nodule", "A1 Status T1 historical", "T2 lll LLL", "R1 located_in T1 T2", "T3 nodules mass"
    )
    assert findings(meaning) == {"nodules": ("present", {})}
    assert faults(meaning) == [
        (4, "'located_in' of a mention that gives no values (absent, past or excluded); left out")
    ]
    assert findings(read("T1 nodules Nodule", "A1 Status T1 historical", "T2 lll LLL", "R1 located_in T1 T2")) == {
        "nodules": ("historical", {"located_in": ("lll",)})
    }


def test_types_of_other_names_and_one_type_for_two_keys(read):
    labels = {"GGN": "nodules ggo", "Lobe": "lll", "Device": ""}
    meaning = read("T1 GGN Nodule", "T2 Lobe LLL", "R1 located_in T1 T2", "T3 Device mass", labels=labels)
    found = ("present", {"located_in": ("lll",)})
    assert (findings(meaning), faults(meaning)) == ({"nodules": found, "ggo": found}, [])


def test_a_span_in_pieces_is_read_and_said(read):
    meaning = read("T1 nodules Nodule", "T2 rul right lobe", "R1 located_in T1 T2")
    (place,) = [mention for mention in meaning.mentions if mention.entity == "rul"]
    assert TEXT[place.start : place.end] == "right upper lobe"
    assert [e.text for e in meaning.relations[0].value_evidence] == ["right", "lobe"]
    assert faults(meaning) == [(2, "fragments with words between them; the mention covers these words too")]


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["T1 nodule Nodule"], 1, "the label 'nodule' names no entity of the schema 'tiny'; did you mean 'nodules'?"),
        (
            ["T1 mass mass", "A1 Status T1 gone"],
            2,
            "unknown attribute 'Status gone'; known are Status present|uncertain",
        ),
        (["T1 mass mass", "A1 Size T1 8"], 2, "unknown attribute 'Size 8'"),
        (["T1 mass mass", "A1 Negation T9"], 2, "an attribute of something that is no annotation of words here"),
        (["T1 lll LLL", "A1 Status T1 absent"], 2, "'lll' is a value, and values have no attributes"),
        (["T1 mass mass", "T2 lll LLL", "R1 located_in T1 T2"], 3, "'located_in' goes from one of its keys (Arg1) to"),
        (["T1 nodules Nodule", "T2 lll LLL", "R1 located_in T2 T1"], 3, "'located_in' goes from one of its keys"),
        (["T1 nodules Nodule", "R1 located_in T1 T9"], 2, "'located_in' goes from one of its keys"),
        (["T1 nodules Nodule", "T2 lll LLL", "R1 located T1 T2"], 3, "unknown relation 'located'; did you mean"),
    ],
)
def test_what_the_schema_has_no_words_for_is_a_warning_with_its_line(read, lines, line, message):
    (fault,) = read(*lines).faults
    assert (fault.level, fault.file, fault.line) == ("warning", "r1.ann", line)
    assert message in fault.message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tmass 44 48\tmass", "other words stand at [44, 48) than the annotation has; offsets count code points"),
        ("T1\tmass 60 99\tmass", "[60, 99) is outside the text of 69 code points"),
        ("T1\tmass 5 5\t", "[5, 5) is outside"),
    ],
)
def test_offsets_that_are_not_those_of_the_text_are_an_error(schema, line, message):
    reader = StandoffReader(schema, Labels(schema))
    meaning = reader.read(parse_standoff(line, file="r1.ann"), TEXT, SENTENCES, file="r1.ann")
    (fault,) = meaning.faults
    assert (fault.level, meaning.mentions) == ("error", ())
    assert message in fault.message
