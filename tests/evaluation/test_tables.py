"""Tables as people and programs read them."""

from radnlp.evaluation.tables import Table, csv_text, interval, markdown, number

TABLE = Table(title="keys", columns=("system", "f1"), rows=(("규칙", "0.9 [0.8, 1]"), ("a|b", "-")), note="By report.")


def test_markdown_can_be_read_as_it_stands():
    assert markdown(TABLE).splitlines() == [
        "## keys",
        "",
        "| system | f1           |",
        "|--------|--------------|",
        "| 규칙   | 0.9 [0.8, 1] |",
        "| a\\|b   | -            |",
        "",
        "By report.",
    ]


def test_csv_has_a_line_for_each_cell():
    assert csv_text([TABLE]).splitlines()[:2] == ["table,row,column,value", 'keys,규칙,f1,"0.9 [0.8, 1]"']


def test_numbers():
    nan = float("nan")
    assert [number(0.5), number(nan), number(1.0), number(12.0)] == ["0.500", "-", "1.000", "12"]
    assert interval(0.5, 0.4, 0.6) == "0.500 [0.400, 0.600]"
    assert interval(nan, nan, nan) == "-"
