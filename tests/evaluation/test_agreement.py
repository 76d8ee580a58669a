"""Two annotators and six reports; every number is worked out beside it."""

import json
import math
import sys

import pytest

from radnlp.errors import ConfigError, ReportError
from radnlp.evaluation.agreement import agreement, agreement_of
from radnlp.hooks import default_catalogue
from radnlp.records import Extraction, Finding
from radnlp.records.wire import to_json

CHEST_CT = default_catalogue().schema("chest_ct")[0]


def labels(rows):
    """Report id -> findings (key, status, *locations) as extractions."""
    return [
        Extraction(
            report_id=name,
            schema="chest_ct",
            schema_version="1.0.0",
            findings=tuple(
                Finding(key=key, status=status, values={"located_in": tuple(values)} if values else {})
                for key, status, *values in findings
            ),
        )
        for name, findings in rows.items()
    ]


FIRST = labels(
    {
        "a": [("nodules", "present", "rul")],
        "b": [("nodules", "present", "bll")],
        "c": [("nodules", "uncertain")],
        "d": [("nodules", "absent")],
        "e": [],
        "f": [("nodules", "present", "lul")],
        "only first": [("nodules", "present")],
    }
)
SECOND = labels(
    {
        "f": [("nodules", "historical")],
        "e": [("nodules", "absent")],
        "d": [("nodules", "absent")],
        "c": [("nodules", "present")],
        "b": [("nodules", "present", "rll")],
        "a": [("nodules", "present", "rul")],
    }
)


@pytest.fixture
def nodules():
    return agreement_of(FIRST, SECOND, schema=CHEST_CT).keys["nodules"]


def test_reports_are_matched_by_id_and_the_others_counted():
    both = agreement_of(FIRST, SECOND, schema=CHEST_CT)
    assert (both.overall.reports, both.only_first, both.only_second) == (6, 1, 0)


def test_kappa_of_positive(nodules):
    # positive: a b c f against a b c; agreed on 5 of 6; by chance 4/6 * 3/6 + 2/6 * 3/6 = 1/2; (5/6 - 1/2) / (1/2)
    assert (nodules.first, nodules.second) == (4, 3)
    assert nodules.kappa == pytest.approx(2 / 3)


def test_kappa_of_the_status(nodules):
    # the same status in a b d: 3 of 6. First: 3 present, 1 uncertain, 1 absent, 1 not mentioned;
    # second: 3 present, 1 historical, 2 absent. By chance (3*3 + 1*2) / 36 = 11/36; (18/36 - 11/36) / (25/36)
    assert nodules.status_kappa == pytest.approx(7 / 25)


def test_f1_of_keys_and_of_values(nodules):
    # three of four and three: 2*3 / (4+3)
    assert nodules.f1 == pytest.approx(6 / 7)
    # first: rul, rll and lll (bll expanded), lul; second: rul, rll (a historical key counts for nothing); 2*2 / (4+2)
    assert nodules.value_f1 == pytest.approx(4 / 6)


def test_all_keys_together():
    # eleven keys: 66 decisions, 65 agreed, 4 and 3 positive
    overall = agreement_of(FIRST, SECOND, schema=CHEST_CT).overall
    chance = (4 * 3 + 62 * 63) / 66**2
    assert overall.kappa == pytest.approx((65 / 66 - chance) / (1 - chance))
    assert overall.f1 == pytest.approx(6 / 7)


def test_one_answer_throughout_has_no_kappa():
    mass = agreement_of(FIRST, SECOND, schema=CHEST_CT).keys["mass"]
    assert all(math.isnan(value) for value in (mass.kappa, mass.status_kappa, mass.f1, mass.value_f1))


def test_an_annotator_agrees_with_themselves():
    nodules = agreement_of(FIRST, FIRST, schema=CHEST_CT).keys["nodules"]
    assert (nodules.kappa, nodules.status_kappa, nodules.f1, nodules.value_f1) == (1, 1, 1, 1)


def test_one_always_and_one_never_agree_no_better_than_chance():
    always, never = labels({"a": [("mass", "present")]}), labels({"a": []})
    assert agreement_of(always, never, schema=CHEST_CT).keys["mass"].kappa == 0


def test_the_table_ends_with_all_keys():
    both = agreement_of(FIRST, SECOND, schema=CHEST_CT)
    assert list(both.rows())[-1] == "all"
    table = both.table()
    assert table.rows[0] == ("nodules", "6", "4", "3", "0.667", "0.280", "0.857", "0.667")
    assert table.note.startswith("1 and 0 reports")


def test_two_files(tmp_path):
    paths = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    for path, rows in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text("".join(to_json(row) + "\n" for row in rows), encoding="utf-8")
    assert agreement(*paths, schema=CHEST_CT).keys["nodules"].kappa == pytest.approx(2 / 3)


def test_a_file_that_is_no_gold_is_refused_with_its_line(tmp_path):
    path = tmp_path / "first.jsonl"
    path.write_text(json.dumps({"report_id": "a", "schema": "chest_ct", "findings": [{"key": "node"}]}), "utf-8")
    with pytest.raises(ReportError, match=r"first\.jsonl:1: unknown key 'node'"):
        agreement(path, path, schema=CHEST_CT)


def test_nothing_in_common_is_refused():
    with pytest.raises(ReportError, match="no report in common"):
        agreement_of(FIRST, labels({"z": []}), schema=CHEST_CT)


def test_without_statsmodels_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.stats.inter_rater", None)
    with pytest.raises(ConfigError, match=r"pip install radnlp-core\[bench\]"):
        agreement_of(FIRST, SECOND, schema=CHEST_CT)
