"""Sizes and whose they are, one report a line: the words of findings are marked, what is expected stands behind."""

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.batch.formats.shown import size_words
from radnlp.records import EntityKey, Mention, Schema, Section
from radnlp.schema import shipped_folder
from radnlp.schema.lexicon import build_lexicon
from radnlp.testing.markup import parse_markup
from radnlp.text import MeasurementFinder, SentenceSplitter

SCHEMA = Schema(
    id="lung",
    version="1.0.0",
    title="Lung",
    languages=("en", "ko"),
    source="invented",
    keys=(EntityKey(id="nodules", type="lesion", label="Nodules"),),
)
WORDS = sorted(
    path
    for name in ("measurements", "signposts", "clauses", "abbreviations")
    for path in (shipped_folder() / "lexicons").glob(f"{name}.*.toml")
)
LEXICON = build_lexicon(SCHEMA, WORDS)
FINDER = MeasurementFinder(LEXICON)
SENTENCES = SentenceSplitter(LEXICON.abbreviations)


def read(marked, sections=()):
    """Entity -> its measurements, and the text."""
    report = parse_markup(marked)
    sentences = SENTENCES.split(report.text, sections)
    mentions = [
        Mention(
            entity=mark.entity,
            type="lesion" if mark.status else "location",
            status=mark.status,
            start=mark.start,
            end=mark.end,
            sentence=next(s.index for s in sentences if s.start <= mark.start < s.end),
            excluded="question" if mark.excluded else None,
        )
        for mark in report.marks
    ]
    return FINDER.find(report.text, sentences, mentions), report.text


def sizes(marked):
    """``nodules 12 x 8 mm, up to 5 mm; mass 3 mm``"""
    found, text = read(marked)
    for measurement in (m for measurements in found.values() for m in measurements):
        evidence = measurement.evidence
        assert text[evidence.start : evidence.end] == evidence.text
    return "; ".join(f"{key} {', '.join(size_words(found[key]))}" for key in sorted(found))


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        # numbers and units
        ("8 mm [nodule](nodules present).", "nodules 8 mm"),
        ("8mm [nodule](nodules present).", "nodules 8 mm"),
        ("8-mm [nodule](nodules present).", "nodules 8 mm"),
        ("A 0.8 cm [nodule](nodules present).", "nodules 8 mm"),
        ("A .8 cm [nodule](nodules present).", "nodules 8 mm"),
        ("1,2 cm [nodule](nodules present).", "nodules 12 mm"),
        ("An 8 millimeter [nodule](nodules present).", "nodules 8 mm"),
        ("[Mass](mass present) of 3 centimetres.", "mass 30 mm"),
        ("８ｍｍ [nodule](nodules present).", "nodules 8 mm"),
        ("12㎜ [nodule](nodules present).", "nodules 12 mm"),
        ("[결절](nodules present) 8미리.", "nodules 8 mm"),
        # dimensions
        ("[Nodule](nodules present), 1.2 x 0.8 cm.", "nodules 12 x 8 mm"),
        ("12x8 mm [nodule](nodules present).", "nodules 12 x 8 mm"),
        ("12 × 8 mm [nodule](nodules present).", "nodules 12 x 8 mm"),
        ("[Mass](mass present) of 5.8 cm x 6.0 cm.", "mass 58 x 60 mm"),
        ("[Mass](mass present) (27 × 34 × 46 mm).", "mass 27 x 34 x 46 mm"),
        ("[Mass](mass present) 12mmX8mm.", "mass 12 x 8 mm"),
        ("[Mass](mass present) 3.1 (AP) x 2.4 (TR) cm.", "mass 31 x 24 mm"),
        ("A 2 by 3 cm [mass](mass present).", "mass 20 x 30 mm"),
        # ranges and lists
        ("[Nodules](nodules present) of 3-5 mm.", "nodules 3-5 mm"),
        ("[Nodules](nodules present) 3 to 5 mm in size.", "nodules 3-5 mm"),
        ("[Nodules](nodules present) between 3 and 5 mm.", "nodules 3-5 mm"),
        ("[Nodules](nodules present) from 0.5 cm to 1 cm.", "nodules 5-10 mm"),
        ("3~5mm [결절](nodules present).", "nodules 3-5 mm"),
        ("[Nodules](nodules present) measuring 5, 8 and 12 mm.", "nodules 5 mm, 8 mm, 12 mm"),
        ("4 mm and 6 mm [nodules](nodules present).", "nodules 4 mm, 6 mm"),
        # what else is said
        ("[Nodules](nodules present) up to 5 mm.", "nodules up to 5 mm"),
        ("[Nodules](nodules present) less than 5 mm.", "nodules up to 5 mm"),
        ("[Nodules](nodules present), 5 mm or less.", "nodules up to 5 mm"),
        ("[Nodules](nodules present) < 5 mm.", "nodules up to 5 mm"),
        ("About 7 mm [nodule](nodules present).", "nodules about 7 mm"),
        ("[Mass](mass present), approximately 3 cm in diameter.", "mass about 30 mm"),
        ("[Mass](mass present) with a maximum diameter of 47 mm.", "mass 47 mm"),
        ("[Effusion](effusion present) with a maximum thickness of 3 cm.", "effusion 30 mm"),
        ("[Mass](mass present) over 7 cm.", "mass at least 70 mm"),
        ("[Nodules](nodules present), the largest 8 mm.", "nodules largest 8 mm"),
        ("[Nodules](nodules present), largest in the [RUL](rul), 8 mm.", "nodules largest 8 mm"),
        ("The largest [nodule](nodules present) in the [RUL](rul) measures 8 mm.", "nodules largest 8 mm"),
        ("[Nodules](nodules present), 8 mm in the largest.", "nodules largest 8 mm"),
        # then and now
        ("[Nodule](nodules present) 8 mm (previously 6 mm).", "nodules 8 mm, before: 6 mm"),
        ("[Nodule](nodules present), 8 mm, was 6 mm on the prior CT.", "nodules 8 mm, before: 6 mm"),
        ("[Nodule](nodules present) increased from 3 to 5 mm.", "nodules before: 3 mm, 5 mm"),
        ("[Mass](mass present), 31 mm to 24 mm.", "mass before: 31 mm, 24 mm"),
        ("[Nodule](nodules present) grew to 8 mm from 6 mm.", "nodules 8 mm, before: 6 mm"),
        ("[Nodule](nodules present) 6 mm -> 8 mm.", "nodules before: 6 mm, 8 mm"),
        ("[종괴](mass present)는 3.1 cm에서 2.4 cm로 감소.", "mass before: 31 mm, 24 mm"),
        # Korean
        ("[우상엽](rul)에 약 8 mm [결절](nodules present).", "nodules about 8 mm"),
        ("[우상엽](rul) [결절](nodules present), 8mm 크기.", "nodules 8 mm"),
        ("최대 12 mm [결절](nodules present)들.", "nodules up to 12 mm"),
        ("[결절](nodules present)의 크기는 8mm 정도임.", "nodules about 8 mm"),
        ("[결절](nodules present)들, 가장 큰 것은 [우하엽](rll)에 8mm.", "nodules largest 8 mm"),
        ("5mm 이하의 [결절](nodules present).", "nodules up to 5 mm"),
    ],
)
def test_how_a_size_is_read(report, expected):
    assert sizes(report) == expected


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        # before its noun, behind it, in brackets
        ("12 mm [mass](mass present) and 5 mm [GGO](ggo present).", "ggo 5 mm; mass 12 mm"),
        (
            "[RUL](rul) [nodule](nodules present) 8 mm, [LLL](lll) [mass](mass present) 3 cm.",
            "mass 30 mm; nodules 8 mm",
        ),
        (
            "8 mm [RUL](rul) [nodule](nodules present), 12 mm [LLL](lll) [mass](mass present).",
            "mass 12 mm; nodules 8 mm",
        ),
        ("A [nodule](nodules present) in the [RUL](rul) measuring 8 mm with [GGO](ggo present).", "nodules 8 mm"),
        ("A [nodule](nodules present) (8 mm) and a [mass](mass present) (3 cm).", "mass 30 mm; nodules 8 mm"),
        ("[Mass](mass present), and a 12 mm round, solid [nodule](nodules present).", "nodules 12 mm"),
        ("[Nodules](nodules present), 4 mm in the [RLL](rll) and 5 mm in the [LLL](lll).", "nodules 4 mm, 5 mm"),
        ("6 mm [ground-glass nodule](nodules present; ggo present).", "ggo 6 mm; nodules 6 mm"),
        ("Possible 8 mm [nodule](nodules uncertain).", "nodules 8 mm"),
        # from one clause or sentence to the next
        ("[Nodules](nodules present) in both lungs; the largest measures 8 mm.", "nodules largest 8 mm"),
        ("[Nodule](nodules present) in the [RUL](rul). It measures 12 mm.", "nodules 12 mm"),
        ("[Nodule](nodules present) in the [RUL](rul). 12 mm in diameter.", "nodules 12 mm"),
        ("[Nodule](nodules present). Its longest diameter is 46 mm, with [GGO](ggo present).", "nodules 46 mm"),
        ("[Nodules](nodules present) in both lungs. [RUL](rul) 8 mm, [LLL](lll) 5 mm.", "nodules 8 mm, 5 mm"),
        ("[Nodule](nodules present). The lungs are large. It measures 12 mm.", ""),
        ("[Nodule](nodules present). A 12 mm gadget is seen.", ""),
        # denied, past and uncounted
        ("No [nodule](nodules absent) larger than 5 mm.", ""),
        ("[Mass](mass present). No [nodule](nodules absent) of 5 mm or more.", ""),
        ("[Mass](mass present) without [effusion](pleural_effusion absent). It measures 5 mm.", ""),
        ("Follow-up of [nodules](nodules present excluded) over 6 mm.", ""),
        ("History of 8 mm [nodule](nodules historical), [mass](mass present).", ""),
        # sizes of something else
        ("[Nodule](nodules present) in the [RUL](rul). Ascending aorta measures 42 mm.", ""),
        ("[Nodule](nodules present), mediastinal lymph node 12 mm.", ""),
        ("[Nodule](nodules present) and a 12 mm short axis lymph node.", ""),
        ("[Nodule](nodules present). A 9 mm nodule in the left lobe of the thyroid.", ""),
        ("[Nodule](nodules present). 2 cm liver cyst.", ""),
        ("[Nodule](nodules present), main pulmonary artery 31 mm.", ""),
        ("[Nodule](nodules present), 15 mm (solid component 6 mm).", "nodules 15 mm"),
        ("12 mm [nodule](nodules present) with 4 mm solid portion.", "nodules 12 mm"),
        ("[Mass](mass present) containing a cavity of 30 mm.", ""),
        ("[Nodule](nodules present) and a tumor of 3 cm.", ""),
        ("[Nodule](nodules present) abutting the aorta, 8 mm.", "nodules 8 mm"),
        ("[결절](nodules present) 있음, 림프절 12mm.", ""),
        # no sizes of a lesion
        ("CT with 5 mm slice thickness shows a [nodule](nodules present).", ""),
        ("1 mm thin section images, [nodule](nodules present).", ""),
        ("[Nodule](nodules present). ETT tip is 5 cm above the carina.", ""),
        ("[Nodule](nodules present) 2 cm from the carina.", ""),
        ("[Nodule](nodules present), image 3/45, 120 kVp, 80 mAs, 2023-05-12.", ""),
        ("[Nodule](nodules present), image 3, 8 mm.", "nodules 8 mm"),
        ("[Nodule](nodules present), PASP 40 mm Hg, flow 30 cm/s, volume 2 cm3.", ""),
        ("[Nodule](nodules present) of 8 months.", ""),
        ("[Nodule](nodules present) 9000 mm.", ""),
    ],
)
def test_whose_size_it_is(report, expected):
    assert sizes(report) == expected


def test_a_size_does_not_reach_back_across_a_section():
    report = "Findings: [nodule](nodules present).\nImpression: It measures 8 mm."
    assert read(report)[0] != {}
    sections = (Section(id="findings", start=0, end=18), Section(id="impression", start=18, end=46))
    assert read(report, sections)[0] == {}


def test_the_words_of_the_finding_and_the_way_to_them_are_kept():
    found, text = read("[Nodule](nodules present) in the [RUL](rul). It measures 1.2 x 0.8 cm.")
    (measurement,) = found["nodules"]
    assert (measurement.mention.start, measurement.mention.end, measurement.mention.text) == (0, 6, "Nodule")
    assert measurement.rule == "size behind the words, which goes back to the sentence before"
    assert (measurement.mm, text[measurement.evidence.start :]) == ((12.0, 8.0), "1.2 x 0.8 cm.")


def test_the_finder_can_be_pickled_for_another_process():
    assert pickle.loads(pickle.dumps(FINDER)).find("", (), ()) == {}  # noqa: S301


@pytest.mark.parametrize(
    "piece", ["1 x 1 x 1 x ", "8 mm ", "8 mm to ", "it 8 mm ", "largest 8 mm ", "right 8 mm and ", "8, ", "(8 mm "]
)
def test_time_grows_with_the_text_and_no_faster(piece):
    def seconds(length):
        text = "nodule " + piece * (length // len(piece)) + " 8 mm nodule"
        marks = [(0, 6), (len(text) - 6, len(text))]
        mentions = [
            Mention(entity="nodules", type="lesion", status="present", start=start, end=end, sentence=0)
            for start, end in marks
        ]
        (sentence,) = SENTENCES.split(text) if "." not in text else ()
        started = time.process_time()
        FINDER.find(text, (sentence,), mentions)
        return time.process_time() - started

    short, long = seconds(8_000), seconds(80_000)
    assert long < 30 * max(short, 0.02)


@given(
    st.lists(
        st.sampled_from(
            ["8", " mm", " cm", "x", " ", "-", "to ", "nodule", "it ", ", ", ". ", "결절 ", "(", "\n", "８ｍｍ"]
        ),
        max_size=25,
    ).map("".join)
)
def test_every_size_stands_where_it_says(text):
    sentences = SENTENCES.split(text)
    at = text.find("nodule")
    mentions = [
        Mention(entity="nodules", type="lesion", status="present", start=at, end=at + 6, sentence=sentence.index)
        for sentence in sentences
        if sentence.start <= at < sentence.end
    ]
    for measurement in FINDER.find(text, sentences, mentions).get("nodules", ()):
        evidence = measurement.evidence
        assert text[evidence.start : evidence.end] == evidence.text
        assert evidence.text[0] in "8８"
        assert 1 <= len(measurement.mm) <= 3
        assert all(number > 0 for number in measurement.mm)
