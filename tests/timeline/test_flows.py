"""The Sankey's numbers of the eight patients, counted by hand.

A stable-progression-improvement, B progression, C improvement-stable-progression-stable-improvement,
G stable-progression, H stable-improvement-stable.
"""

from hypothesis import given
from hypothesis import strategies as st

from radnlp.timeline import sankey


def numbers(flows):
    nodes = {(node.step, node.value): node.patients for node in flows.nodes}
    links = {(link.step, link.source, link.target): link.patients for link in flows.links}
    return nodes, links


def test_nodes_and_links(timeline_of, eight):
    flows = sankey(timeline_of(eight))
    nodes, links = numbers(flows)
    assert nodes == {
        (1, "progression"): 1,
        (1, "stable"): 3,
        (1, "improvement"): 1,
        (2, "progression"): 2,
        (2, "stable"): 1,
        (2, "improvement"): 1,
        (3, "progression"): 1,
        (3, "stable"): 1,
        (3, "improvement"): 1,
        (4, "stable"): 1,
        (5, "improvement"): 1,
    }
    assert links == {
        (1, "progression", "(unchanged)"): 1,
        (1, "stable", "progression"): 2,
        (1, "stable", "improvement"): 1,
        (1, "improvement", "stable"): 1,
        (2, "progression", "improvement"): 1,
        (2, "stable", "progression"): 1,
        (2, "improvement", "stable"): 1,
        (3, "progression", "stable"): 1,
        (4, "stable", "improvement"): 1,
    }
    assert (flows.steps, flows.patients, flows.reports, flows.unchanged, flows.cut) == (5, 5, 18, 1, 1)


def test_nodes_and_links_come_by_step_and_in_schema_order(timeline_of, eight):
    flows = sankey(timeline_of(eight))
    assert [node.value for node in flows.nodes[:3]] == ["progression", "stable", "improvement"]
    assert flows.links[0].target == "(unchanged)"


def test_nobody_left(timeline_of):
    flows = sankey(timeline_of("A glioma: stable"))
    assert (flows.nodes, flows.links, flows.steps, flows.patients) == ((), (), 0, 0)


def test_no_changes_are_followed(timeline_of, eight):
    flows = sankey(timeline_of(eight, max_changes=0))
    assert (flows.steps, flows.links, flows.cut) == (1, (), 4)


PATHS = st.lists(
    st.lists(st.sampled_from(["progression", "stable", "improvement"]), min_size=3, max_size=9), max_size=8
)


@given(PATHS)
def test_what_reaches_a_node_is_its_number_and_no_more_leaves_it(timeline_of, paths):
    flows = sankey(timeline_of("\n".join(f"P{n} glioma: {' | '.join(path)}" for n, path in enumerate(paths))))
    nodes, links = numbers(flows)
    assert sum(count for (step, _), count in nodes.items() if step == 1) == len(paths)
    for (step, value), count in nodes.items():
        into = sum(n for (at, _, target), n in links.items() if (at + 1, target) == (step, value))
        out = sum(n for (at, source, _), n in links.items() if (at, source) == (step, value))
        assert out <= count
        assert step == 1 or into == count
        assert step > 1 or out == count  # of the first step everybody goes on or is unchanged
