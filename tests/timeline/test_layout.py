"""Where the bars and ribbons stand: heights in proportion, nothing on top of anything else."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radnlp.timeline import sankey
from radnlp.timeline.layout import GAP, lay_out

PATHS = st.lists(
    st.lists(st.sampled_from(["progression", "stable", "improvement", "progression+stable"]), min_size=3, max_size=7),
    min_size=1,
    max_size=9,
)


@given(PATHS)
def test_bars_of_a_column_are_apart_and_as_high_as_their_patients(timeline_of, paths):
    notation = "\n".join(f"P{n} glioma: {' | '.join(path)}" for n, path in enumerate(paths))
    flows = sankey(timeline_of(notation, several_values=True))
    layout = lay_out(flows, left=20, right=500, top=100, height=300)
    unit = (layout.boxes[0].bottom - layout.boxes[0].top) / layout.boxes[0].node.patients
    columns = defaultdict(list)
    for box in layout.boxes:
        assert box.bottom - box.top == pytest.approx(unit * box.node.patients)
        assert layout.top - 1e-6 <= box.top < box.bottom <= layout.bottom + 1e-6
        columns[box.x].append(box)
    for boxes in columns.values():
        assert all(below.top - above.bottom == pytest.approx(GAP) for above, below in pairwise(boxes))


@given(PATHS)
def test_ribbons_begin_and_end_within_bars_and_not_on_each_other(timeline_of, paths):
    notation = "\n".join(f"P{n} glioma: {' | '.join(path)}" for n, path in enumerate(paths))
    flows = sankey(timeline_of(notation, several_values=True))
    layout = lay_out(flows, left=20, right=500, top=100, height=300)
    bars = {(box.column, box.node.value): box for box in layout.boxes}
    ends = defaultdict(list)
    for band in layout.bands:
        source, target = (band.link.step, band.link.source), (band.link.step + 1, band.link.target)
        for side, place, (top, bottom) in (("out", source, band.start), ("in", target, band.end)):
            assert bars[place].top - 1e-6 <= top < bottom <= bars[place].bottom + 1e-6
            ends[side, place].append((top, bottom))
    for spans in ends.values():
        assert all(above[1] <= below[0] + 1e-6 for above, below in pairwise(sorted(spans)))


def test_the_columns_stand_at_equal_distances(timeline_of, eight):
    layout = lay_out(sankey(timeline_of(eight)), left=0, right=400, top=0, height=300)
    assert layout.columns == (0, 100, 200, 300, 400)
