"""Lines of .ann files, ours and other people's."""

import pytest

from radnlp.batch.brat.standoff import Attribute, Bound, Link, Standoff, format_standoff, parse_standoff, words_of

ONE_OF_EACH = Standoff(
    bounds=(
        Bound(id="T1", label="nodules", fragments=((0, 6),), text="nodule", line=1),
        Bound(id="T7", label="rul", fragments=((10, 15), (20, 30)), text="right upper lobe", line=2),
    ),
    attributes=(
        Attribute(id="A1", name="Status", target="T1", value="absent", line=3),
        Attribute(id="A2", name="Negation", target="T1", value=None, line=4),
    ),
    links=(Link(id="R1", label="located_in", first="T1", second="T7", line=5),),
)


def test_what_is_written_is_read():
    content = format_standoff(ONE_OF_EACH)
    assert content.splitlines() == [
        "T1\tnodules 0 6\tnodule",
        "T7\trul 10 15;20 30\tright upper lobe",
        "A1\tStatus T1 absent",
        "A2\tNegation T1",
        "R1\tlocated_in Arg1:T1 Arg2:T7",
    ]
    assert parse_standoff(content, file="r1.ann") == ONE_OF_EACH


def test_lines_as_brat_itself_writes_them():
    content = "\r\nR1\tlocated_in Arg1:T1 Arg2:T2\t\r\nM1\tNegation T1\nT1\tX 3 4;0 2\tab c\r\n\n"
    read = parse_standoff(content, file="r1.ann")
    assert read.links[0].second == "T2"
    assert (read.attributes[0].id, read.attributes[0].line) == ("M1", 3)
    assert (read.bounds[0].start, read.bounds[0].end) == (0, 4), "fragments in the order of the text"
    assert read.faults == ()


@pytest.mark.parametrize(
    ("line", "level", "message"),
    [
        ("#1\tAnnotatorNotes T1\tunsure", "warning", "a note, for which radnlp has no place; it was left out"),
        ("E1\tFound:T1", "warning", "an event, for"),
        ("N1\tReference T1 RadLex:RID3875\tnodule", "warning", "a normalisation, for"),
        ("*\tEquiv T1 T2", "warning", "an equivalence, for"),
        (
            "T1\tnodules 0\tnodule",
            "error",
            "no line of brat's standoff format; it should be T1<tab>TYPE START END<tab>",
        ),
        ("T1 nodules 0 6 nodule", "error", "no line of brat's"),
        ("R1\tlocated_in T1 T2", "error", "it should be R1<tab>TYPE Arg1:T1 Arg2:T2"),
        ("what is this", "error", "it should be of T, A or R"),
    ],
)
def test_other_lines_are_named_and_their_words_are_not(line, level, message):
    (fault,) = parse_standoff(f"\n{line}\n", file="sub/r1.ann").faults
    assert (fault.level, fault.file, fault.line) == (level, "sub/r1.ann", 2)
    assert message in fault.message
    assert "unsure" not in fault.message


def test_the_words_of_an_annotation_stand_on_one_line():
    assert words_of("ground\n glass nodule", [(0, 13), (14, 20)]) == "ground glass nodule"
