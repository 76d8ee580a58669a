"""Ten small reports, scored by every metric, each number derived on paper.

Short for the keys: N nodules, G ggo, C consolidation, E pleural effusion, A atelectasis, M mass.

      report                                             gold                        system
  r1  Nodules in RUL and RLL. No pleural effusion.       N rul rll, E absent         the same, a shorter span
  r2  CT chest. Nodules in RUL and RML. Small.           N rul rml                   N rul (one value missed)
  r3  Nodule in LLL.                                     N lll                       N lll lul (one value too many)
  r4  Atelectasis in both lower lobes.                   A bll                       A rll lll (the same by parts)
  r5  Possible consolidation in RLL. No mass.            C uncertain rll, M absent   C present rll, M present rll
  r6  Consolidation in the right lung.                   C right_lung                C rul (a lobe for its lung)
  r7  Nodule. GGO in lingula.                            N, G left_lingula           N lul (no place; G missed)
  r8  No nodule. No effusion. Compared with 2020.        N absent, E absent          N absent
  r9  History of effusion.                               E historical                E present
  r10 Normal. Thank you.                                 nothing                     nothing
"""

import math
from fractions import Fraction

import pytest

from radnlp.records import EvidenceSpan, Extraction, Finding, Sentence

PRESENT = "present"


def finding(key, status=PRESENT, *values, at=None):
    evidence = (EvidenceSpan(start=at[0], end=at[1], text=""),) if at else ()
    return Finding(key=key, status=status, values={"located_in": values} if values else {}, evidence=evidence)


def report(*findings, labels=()):
    sentences = [Sentence(index=i, start=10 * i, end=10 * i + 9, label=label) for i, label in enumerate(labels)]
    return Extraction(
        report_id="r", schema="chest_ct", schema_version="1.0.0", findings=findings, sentences=tuple(sentences)
    )


BG, POS, NEG, CONT = "background", "positive", "negative", "continuation"

R1 = (
    report(
        finding("nodules", PRESENT, "rul", "rll", at=(0, 7)),
        finding("pleural_effusion", "absent", at=(27, 43)),  # "pleural effusion"
        labels=[POS, NEG],
    ),
    report(
        finding("nodules", PRESENT, "rul", "rll", at=(0, 7)),
        finding("pleural_effusion", "absent", at=(35, 43)),  # "effusion"
        labels=[POS, NEG],
    ),
)
R2 = (
    report(finding("nodules", PRESENT, "rul", "rml"), labels=[BG, POS, CONT]),
    report(finding("nodules", PRESENT, "rul"), labels=[BG, POS, POS]),
)
R3 = (report(finding("nodules", PRESENT, "lll")), report(finding("nodules", PRESENT, "lul", "lll")))
R4 = (report(finding("atelectasis", PRESENT, "bll")), report(finding("atelectasis", PRESENT, "rll", "lll")))
R5 = (
    report(finding("consolidation", "uncertain", "rll"), finding("mass", "absent"), labels=[POS, NEG]),
    report(finding("consolidation", PRESENT, "rll"), finding("mass", PRESENT, "rll", at=(34, 38)), labels=[POS, None]),
)
R6 = (
    report(finding("consolidation", PRESENT, "right_lung", at=(0, 13))),
    report(finding("consolidation", PRESENT, "rul", at=(17, 32))),
)
R7 = (
    report(finding("nodules"), finding("ggo", PRESENT, "left_lingula", at=(8, 11))),
    report(finding("nodules", PRESENT, "lul", at=(0, 6))),
)
R8 = (
    report(finding("nodules", "absent"), finding("pleural_effusion", "absent"), labels=[NEG, NEG, BG]),
    report(finding("nodules", "absent"), labels=[NEG, POS, BG]),
)
R9 = (report(finding("pleural_effusion", "historical")), report(finding("pleural_effusion", PRESENT)))
R10 = (report(labels=[BG, None]), report(labels=[CONT, POS]))

PAIRS = [R1, R2, R3, R4, R5, R6, R7, R8, R9, R10]


def same(actual, expected):
    assert list(actual) == list(expected)
    assert {name: pytest.approx(float(value), nan_ok=True) for name, value in expected.items()} == actual


def test_keys(scores):
    # Positive keys, gold against system: r1 r2 r3 N|N, r4 A|A, r5 C|C M, r6 C|C, r7 N G|N, r8 -|-, r9 -|E, r10 -|-.
    same(
        scores("keys", PAIRS),
        {
            # All right: r1 r2 r3 r4 r6 r8 r10.
            "accuracy": Fraction(7, 10),
            # Answered: r1 to r7 and r9, with 1 1 1 1 1/2 1 1 0 = 13/2 of 8.
            "precision": Fraction(13, 16),
            # Gold has any: r1 to r7, with 1 1 1 1 1 1 1/2 = 13/2 of 7.
            "recall": Fraction(13, 14),
            # 2 / (16/13 + 14/13)
            "f1": Fraction(13, 15),
            # Gold has none: r8 r9 r10; the system invents a key in r9.
            "specificity": Fraction(2, 3),
            # Right 7 (one in each of r1 to r7), answered 9 (these, M in r5, E in r9), gold 8 (these, G in r7).
            "micro_precision": Fraction(7, 9),
            "micro_recall": Fraction(7, 8),
            "micro_f1": Fraction(14, 17),
        },
    )


def test_keys_key_by_key(metric, totals):
    rows = metric("keys").rows(totals("keys", PAIRS))
    nan = math.nan
    expected = {
        "nodules": (4, 0, 0, 6, 1, 1, 1),  # r1 r2 r3 r7
        "consolidation": (2, 0, 0, 8, 1, 1, 1),  # r5 r6; uncertain reads as yes
        "ggo": (0, 0, 1, 9, nan, 0, 0),  # missed in r7
        "mass": (0, 1, 0, 9, 0, nan, 0),  # invented in r5
        "pleural_effusion": (0, 1, 0, 9, 0, nan, 0),  # r9: historical reads as no
        "fibrosis": (0, 0, 0, 10, nan, nan, nan),
    }
    for key, numbers in expected.items():
        same(rows[key], dict(zip(("tp", "fp", "fn", "tn", "precision", "recall", "f1"), numbers, strict=True)))


def test_shin2025(scores):
    # Rows of gold: N in r1 r2 r3 r7; A in r4; C in r5 r6; G in r7. The mass of r5 is in no row.
    #    accuracy          precision                recall                  f1
    # N  1/4 (r1)          (1 + 1 + 1/2 + 0)/4=5/8  (1 + 1/2 + 1)/3 = 5/6   2/(8/5 + 6/5) = 5/7
    # A  1                 1                        1                       1
    # C  1/2 (r5)          (1 + 0)/2 = 1/2          (1 + 0)/2 = 1/2         1/2
    # G  0                 no values given          0                       0
    # In r7 gold places the nodule nowhere: the row counts for precision (0 of 1), not for recall.
    same(
        scores("shin2025", PAIRS),
        {
            "accuracy": Fraction(7, 16),  # (1/4 + 1 + 1/2 + 0) / 4
            "precision": Fraction(17, 24),  # (5/8 + 1 + 1/2) / 3
            "recall": Fraction(7, 12),  # (5/6 + 1 + 1/2 + 0) / 4
            "f1": Fraction(31, 56),  # (5/7 + 1 + 1/2 + 0) / 4
        },
    )


def test_shin2025_key_by_key(metric, totals):
    rows = metric("shin2025").rows(totals("shin2025", PAIRS))
    columns = ("rows", "accuracy", "precision", "recall", "f1", "uncharged")
    same(
        rows["nodules"],
        dict(zip(columns, (4, Fraction(1, 4), Fraction(5, 8), Fraction(5, 6), Fraction(5, 7), 0), strict=True)),
    )
    same(rows["ggo"], dict(zip(columns, (1, 0, math.nan, 0, 0, 0), strict=True)))
    same(rows["mass"], dict(zip(columns, (0, math.nan, math.nan, math.nan, math.nan, 1), strict=True)))
    assert "pleural_effusion" not in rows, "it has no relation"


def test_relations(scores):
    # Triples, right / of the system / of gold:
    #    r1     r2     r3     r4     r5     r6     r7     sum
    # N  2/2/2  1/1/2  1/2/1                       0/1/0  4/6/5
    # A                       2/2/2                       2/2/2
    # C                              1/1/1  0/1/1         1/2/2
    # G                                            0/0/1  0/0/1
    # M                              0/1/0                0/1/0
    same(
        scores("relations", PAIRS),
        {
            "micro_precision": Fraction(7, 11),
            "micro_recall": Fraction(7, 10),
            "micro_f1": Fraction(14, 21),
            "macro_precision": Fraction(13, 24),  # N A C M: (2/3 + 1 + 1/2 + 0) / 4
            "macro_recall": Fraction(23, 40),  # N A C G: (4/5 + 1 + 1/2 + 0) / 4
            "macro_f1": Fraction(49, 110),  # N A C G M: (8/11 + 1 + 1/2 + 0 + 0) / 5
            "accuracy": Fraction(5, 10),  # r1 r4 r8 r9 r10
        },
    )


def test_relations_key_by_key(metric, totals):
    rows = metric("relations").rows(totals("relations", PAIRS))
    assert set(rows) == {"nodules", "ggo", "consolidation", "atelectasis", "mass"}
    columns = ("tp", "fp", "fn", "precision", "recall", "f1")
    same(rows["nodules"], dict(zip(columns, (4, 2, 1, Fraction(2, 3), Fraction(4, 5), Fraction(8, 11)), strict=True)))
    same(rows["mass"], dict(zip(columns, (0, 1, 0, 0, math.nan, 0), strict=True)))


def test_an_invented_key_is_charged_by_relations_and_not_by_shin2025(scores):
    without_mass = (R5[0], report(finding("consolidation", PRESENT, "rll")))
    repaired = [*PAIRS[:4], without_mass, *PAIRS[5:]]
    same(scores("shin2025", repaired), scores("shin2025", PAIRS))
    # One false positive less: 7/10 and 14/20; r5 is now right as a whole.
    strict = scores("relations", repaired)
    assert strict["micro_precision"] == pytest.approx(7 / 10)
    assert strict["micro_f1"] == pytest.approx(7 / 10)
    assert strict["accuracy"] == pytest.approx(6 / 10)


def test_a_key_with_many_values_weighs_more_in_relations_and_not_in_shin2025(scores):
    many = report(finding("nodules", PRESENT, "rul", "rml", "rll", "lll"))
    pairs = [(many, many), R6]  # N all right, C wrong
    assert scores("shin2025", pairs)["f1"] == pytest.approx(1 / 2)  # (1 + 0) / 2
    assert scores("relations", pairs)["micro_f1"] == pytest.approx(8 / 10)  # 2 * 4 / (5 + 5)


def test_hierarchy(scores):
    # As test_relations, but rul for right_lung in r6 weighs 1/2 on both sides; lul for nothing and rml against rul
    # stay 0. Weight/number of the system's triples, of gold's:
    # N 4/6 4/5, A 2/2 2/2, C (1 + 1/2)/2 the same, G - 0/1, M 0/1 -
    same(
        scores("hierarchy", PAIRS),
        {
            "micro_precision": Fraction(15, 22),  # 7.5 / 11
            "micro_recall": Fraction(3, 4),  # 7.5 / 10
            "micro_f1": Fraction(5, 7),  # 2 / (22/15 + 20/15)
            "macro_precision": Fraction(29, 48),  # N A C M: (2/3 + 1 + 3/4 + 0) / 4
            "macro_recall": Fraction(51, 80),  # N A C G: (4/5 + 1 + 3/4 + 0) / 4
            "macro_f1": Fraction(109, 220),  # all five: (8/11 + 1 + 3/4 + 0 + 0) / 5
        },
    )


def test_status(scores, metric, totals):
    # Thirteen findings of gold; the row is gold, the column the system:
    #             present                          uncertain historical absent      no finding
    # present     6 (r1 r2 r3 r4 r6, N of r7)      .         .          .           1 (G of r7)
    # uncertain   1 (r5)                           .         .          .           .
    # historical  1 (r9)                           .         .          .           .
    # absent      1 (M of r5)                      .         .          2 (r1, r8)  1 (E of r8)
    same(
        scores("status", PAIRS),
        {
            "accuracy": Fraction(8, 13),
            # present 12/(9 + 7) = 3/4, uncertain 0, historical 0, absent 4/(2 + 4) = 2/3
            "macro_f1": Fraction(17, 48),
            "absent_f1": Fraction(2, 3),
        },
    )
    rows = metric("status").rows(totals("status", PAIRS))
    assert list(rows) == ["present", "uncertain", "historical", "absent"]
    assert rows["present"] == {"present": 6, "uncertain": 0, "historical": 0, "absent": 0, "no finding": 1}
    assert rows["uncertain"]["present"] == rows["historical"]["present"] == 1
    assert rows["absent"] == {"present": 1, "uncertain": 0, "historical": 0, "absent": 2, "no finding": 1}


def test_evidence(scores, metric, totals):
    # Four findings of gold have evidence; shared / system / gold, in characters:
    # r1 N 7/7/7, r1 E 8/8/16, r6 C 0/15/13, r7 G 0/0/3. Not counted: the mass of r5, the nodule of r7.
    same(
        scores("evidence", PAIRS),
        {
            "hit": Fraction(2, 4),
            "precision": Fraction(15, 30),
            "recall": Fraction(15, 39),
            "f1": Fraction(30, 69),
        },
    )
    rows = metric("evidence").rows(totals("evidence", PAIRS))
    assert set(rows) == {"nodules", "ggo", "consolidation", "pleural_effusion"}
    same(
        rows["pleural_effusion"],
        {"findings": 1, "hit": 1, "precision": 1, "recall": Fraction(1, 2), "f1": Fraction(2, 3)},
    )


def test_sentences(scores, metric, totals):
    # Eleven labelled sentences; the row is gold, the column the system:
    #               background   positive           negative   continuation  no label
    # background    2 (r2 r8)    .                  .          1 (r10)       .
    # positive      .            3 (r1 r2 r5)       .          .             .
    # negative      .            1 (r8)             2 (r1 r8)  .             1 (r5)
    # continuation  .            1 (r2)             .          .             .
    same(
        scores("sentences", PAIRS),
        {
            "accuracy": Fraction(7, 11),
            # background 4/(2 + 3) = 4/5, positive 6/(5 + 3) = 3/4, negative 4/(2 + 4) = 2/3, continuation 0
            "macro_f1": Fraction(133, 240),
            "positive_ppv": Fraction(3, 5),
            "positive_recall": 1,
            "positive_f1": Fraction(3, 4),
            # o = 77/121, e = (3*2 + 3*5 + 4*2 + 1*1)/121 = 30/121: (77 - 30)/(121 - 30)
            "kappa": Fraction(47, 91),
            "unlabelled": Fraction(1, 11),
        },
    )
    rows = metric("sentences").rows(totals("sentences", PAIRS))
    assert rows["negative"] == {BG: 0, POS: 1, NEG: 2, CONT: 0, "no label": 1}


def test_negation_split(scores, metric, totals):
    # An absent key in gold: r1 r5 r8, of which r5 is not exact. Of the other seven r7 and r9 are not exact.
    same(scores("negation_split", PAIRS), {"with_negation": Fraction(2, 3), "without_negation": Fraction(5, 7)})
    rows = metric("negation_split").rows(totals("negation_split", PAIRS))
    same(rows["without_negation"], {"reports": 7, "exact": 5, "rate": Fraction(5, 7)})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # . does not count
        ("keys", "++++-+-+-+"),
        ("shin2025", "+--++--..."),  # r5 is right: nobody asks for the mass
        ("relations", "+--+---+++"),
        ("status", "++++-+---."),
        ("sentences", "+-..-..-.-"),
        ("hierarchy", ".........."),
        ("evidence", ".........."),
        ("negation_split", ".........."),
    ],
)
def test_reports_that_are_right_as_a_whole(metric, name, expected):
    signs = {True: "+", False: "-", None: "."}
    assert "".join(signs[metric(name).correct(*pair)] for pair in PAIRS) == expected
