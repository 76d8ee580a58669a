"""Inside one sentence: what a change is said of. Subjects stand in [brackets], the change in <these>."""

import re

import pytest

from radnlp.api import Change
from radnlp.rules.episodes.binding import bind
from radnlp.rules.episodes.subjects import Row, Subject

MARK = re.compile(r"[\[<](?P<other>~)?(?P<words>[^\]>]+)[\]>]")


def read(marked):
    """Text, row of subjects and changes of a marked sentence; ``[~...]`` is something that is no tumour's."""
    pieces, subjects, changes, at, length = [], [], [], 0, 0
    for found in MARK.finditer(marked):
        before = marked[at : found.start()]
        start = length + len(before)
        end = start + len(found["words"])
        pieces += [before, found["words"]]
        if found[0][0] == "<":
            changes.append(Change(start, end, "more"))
        else:
            subjects.append(Subject(start, end, "other" if found["other"] else "unnamed"))
        at, length = found.end(), end
    text = "".join([*pieces, marked[at:]])
    breaks = [match.start() for match in re.finditer(";|but", text)]
    return text, Row(subjects, breaks), changes


@pytest.mark.parametrize(
    ("marked", "bound"),
    [
        ("[mass], <increased>", ["mass"]),
        ("<increased> size of the [mass] with [~hydrocephalus]", ["mass", "hydrocephalus"]),
        ("<new> small [nodule] in the pons", ["nodule"]),
        ("[mass] and [~sinusitis], <unchanged>", ["sinusitis", "mass"]),
        ("[mass], [~sinusitis], <unchanged>", ["sinusitis"]),
        ("[~ventricle], normal; <enlarged> [mass]", ["mass"]),
        ("[mass] is <increased>, [~hydrocephalus]", ["mass"]),
        ("<unchanged>", []),
        ("[mass] in the pons; <increased>", ["mass"]),
        ("[mass]은 <증가>함", ["mass"]),
        ("<증가>한 [mass]", ["mass"]),
        ("[mass]은 <증가>하였고 [~ventricle]은 정상", ["mass"]),
        ("<새로운> [mass]", ["mass"]),
    ],
)
def test_bound(marked, bound):
    text, row, changes = read(marked)
    subjects = bind(text, row, changes, changes[0], len(text))
    assert [text[subject.start : subject.end] for subject in subjects] == bound


def test_each_change_has_its_own():
    text, row, changes = read("[first] <decreased>, [second] <increased>")
    assert [bind(text, row, changes, change, len(text))[0] for change in changes] == row.subjects


def test_what_only_tells_where_is_passed_over():
    text, row, changes = read("[nodule] at the [~margin], <increased>")
    placed = [row.subjects[0], Subject(row.subjects[1].start, row.subjects[1].end, "other", placing=True)]
    assert bind(text, Row(placed), changes, changes[0], len(text)) == [row.subjects[0]]
