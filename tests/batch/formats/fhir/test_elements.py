"""Strings, dates and extensions as FHIR's types have them."""

import pytest

from radnlp.batch.formats.fhir.elements import allowed, complete, date_time, evidence, extension
from radnlp.records import EvidenceSpan


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("nodule, RUL\r\n\tmass", "nodule, RUL\r\n\tmass"),
        ("결절 🫁", "결절 🫁"),
        ("a\x00b\x1fc\x0bd", "a\ufffdb\ufffdc\ufffdd"),
        ("half \ud83d", "half \ufffd"),
        ("右肺\u3000左肺\xa0\x85", "右肺 左肺  "),
    ],
)
def test_a_string_keeps_its_length_and_loses_what_fhir_forbids(text, kept):
    assert allowed(text) == kept
    assert len(kept) == len(text)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-01", "2024-03-01"),
        (" 2024-03-01 ", "2024-03-01"),
        ("20240301", "2024-03-01"),
        ("2024-03-01T10:15:00Z", "2024-03-01T10:15:00Z"),
        ("2024-03-01T10:15+09:00", "2024-03-01T10:15:00+09:00"),
        ("2024-03-01 10:15:00", "2024-03-01"),
        ("2024-03-01T10:15:00", "2024-03-01"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("01.03.2024", None),
        ("0000-01-01", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_has_a_time_only_where_its_zone_is_known(given, written):
    assert date_time(given) == written


def test_what_is_empty_is_left_out_however_deep_but_zero_and_false_stay():
    element = {"a": {"b": [{"c": ""}, None]}, "d": 0, "e": False, "f": " \n", "g": ["x"]}
    assert complete(element) == {"d": 0, "e": False, "g": ["x"]}


def test_an_extension_without_a_value_is_none():
    assert extension("score", valueDecimal=None) is None
    assert extension("score", valueDecimal=0.0) == {"url": "urn:radnlp:extension:score", "valueDecimal": 0.0}


def test_evidence_has_each_place_once_and_the_words_only_when_asked():
    span = EvidenceSpan(start=0, end=4, text="mass")
    (told,) = evidence([span, span], with_text=True)
    assert [part["url"] for part in told["extension"]] == ["start", "end", "text"]
    (untold,) = evidence([span], with_text=False)
    assert untold["extension"] == [{"url": "start", "valueUnsignedInt": 0}, {"url": "end", "valueUnsignedInt": 4}]
