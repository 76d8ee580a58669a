"""The table on a terminal."""

from radnlp.timeline.table import timeline_table


def test_a_line_a_patient(timeline_of, eight):
    lines = timeline_table(timeline_of(eight)).splitlines()
    assert lines[0].startswith("Glioma, CNS lymphoma, Metastasis: 5 patients, 18 reports")
    steps = "2020-02-01 stable (2) -> 2020-04-01 progression (1) -> 2020-05-01 improvement (1)"
    assert lines[1] == f"A  glioma      {steps}"
    assert lines[3].endswith("2020-05-01 improvement (1) -> 1 more")


def test_no_id_can_steer_the_terminal(timeline_of, one):
    lines = [one(f"r{n}", "p\x1b[2J", f"2024-0{n}-01") for n in (1, 2, 3)]
    assert "\x1b" not in timeline_table(timeline_of(lines))


def test_nobody_left(timeline_of):
    assert (
        timeline_table(timeline_of(""))
        == "No patient passes the filters (0 lines read, 0 patients with dated reports).\n"
    )
