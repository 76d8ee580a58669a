"""The figure of plotly, by plotly's own check of it."""

import sys

import pytest

from radnlp.errors import ConfigError
from radnlp.timeline import sankey, sankey_html
from radnlp.timeline.plotly_figure import figure, least_width


def test_plotly_accepts_the_figure(timeline_of, eight):
    from plotly import graph_objects

    timeline = timeline_of(eight)
    made = figure(sankey(timeline), timeline.settings)
    checked = graph_objects.Figure(data=made["data"], layout=made["layout"])  # raises for a property there is not
    (trace,) = checked.data
    assert list(trace.link.value) == [1, 2, 1, 1, 1, 1, 1, 1, 1]
    assert trace.node.label[:3] == ("Progression 1", "Stable 3", "Improvement 1")
    assert trace.node.color[:3] == ("#d55e00", "#0072b2", "#009e73")


def test_without_plotly_it_says_what_to_install(timeline_of, eight, monkeypatch):
    monkeypatch.setitem(sys.modules, "plotly.offline", None)
    with pytest.raises(ConfigError, match=r"pip install 'radnlp-core\[timeline\]'"):
        sankey_html(timeline_of(eight))


def test_more_and_longer_labels_want_more_room(timeline_of, eight):
    few, many = timeline_of(eight, max_changes=1), timeline_of(eight, several_values=True)
    widths = [least_width(sankey(timeline), timeline.settings) for timeline in (few, timeline_of(eight), many)]
    assert widths == sorted(set(widths))
