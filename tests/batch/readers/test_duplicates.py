"""Ids that come twice, a million times over."""

from itertools import repeat

from radnlp.batch.readers.duplicates import SeenIds, mark_duplicates
from radnlp.records import Report


def test_an_id_that_comes_again_is_noticed_however_many_came_between():
    seen = SeenIds(recent=100)
    ids = [f"r{n}" for n in range(1050)]
    assert [seen.add(name) for name in ids].count(True) == 0
    assert [seen.add(name) for name in reversed(ids)].count(False) == 0
    assert seen.nbytes == 8 * 1000, "eight bytes an id, but for the last few"


def test_a_million_identical_ids_are_a_million_warnings_and_take_no_memory():
    seen = SeenIds()
    assert sum(seen.add("same") for _ in range(1_000_000)) == 999_999
    assert seen.nbytes == 0
    marked = mark_duplicates(repeat(Report(id="same", text=""), 10_000))
    assert next(marked).issues == ()
    assert {issue.code for found in marked for issue in found.issues} == {"duplicate_id"}


def test_a_lone_surrogate_is_an_id_like_any_other():
    seen = SeenIds()
    assert [seen.add(name) for name in ("\ud800", "\ud801", "\ud800")] == [False, False, True]
