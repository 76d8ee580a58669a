"""The words and colours of the figure, the same on paper and on the page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from radnlp.timeline.flows import UNCHANGED, Link, Node, Sankey
from radnlp.timeline.sequence import Timeline
from radnlp.timeline.settings import TimelineSettings

#: Okabe and Ito's palette, told apart with every form of colour blindness (jfly.uni-koeln.de/color), without its black
#: and its yellow, which vanish on a dark or a light ground.
_PALETTE = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_GREY = "#8a939d"
_MOST_KEYS = 4


def colours(settings: TimelineSettings, flows: Sankey) -> Mapping[str, str]:
    """A colour for every value in the figure: those of the schema in its order, then the joined ones."""
    given = [*settings.values, *dict.fromkeys(node.value for node in flows.nodes if node.value not in settings.values)]
    found = {value: _PALETTE[number % len(_PALETTE)] for number, value in enumerate(given)}
    return {**found, UNCHANGED: _GREY}


def name_of(value: str, settings: TimelineSettings) -> str:
    """The label of a value, of joined ones, or of those who stay.

    >>> name_of("(unchanged)", TimelineSettings())
    'No change'
    """
    return "No change" if value == UNCHANGED else settings.label_of(value)


def shown_values(flows: Sankey) -> list[str]:
    """The values in the figure, in the order of the columns, ``(unchanged)`` last."""
    values = dict.fromkeys(node.value for node in flows.nodes)
    ends = dict.fromkeys(link.target for link in flows.links if link.target == UNCHANGED)
    return [*values, *ends]


def longest_label(flows: Sankey, settings: TimelineSettings) -> int:
    """Characters of the longest label that a bar can have: a name and a number."""
    return max(len(name_of(value, settings)) for value in shown_values(flows)) + len(f" {flows.patients:,}")


def title_of(settings: TimelineSettings) -> str:
    """The title when none is given.

    >>> title_of(TimelineSettings())
    'Episode changes over time'
    """
    return f"{settings.value_type.replace('_', ' ').capitalize()} changes over time"


def cohort_words(settings: TimelineSettings, flows: Sankey) -> tuple[str, str]:
    """Whose changes: the keys, and how many patients and reports."""
    labels = [*settings.keys.values()]
    keys = ", ".join(labels) if len(labels) <= _MOST_KEYS else f"{len(labels)} keys of {settings.schema}"
    return keys, f"{number_of(flows.patients, 'patient')}, {number_of(flows.reports, 'report')}"


def step_words(flows: Sankey, step: int) -> tuple[str, str]:
    """Heading of a column: its number, and how many patients came so far."""
    return f"Step {step}", f"{sum(node.patients for node in flows.nodes if node.step == step):,}"


def note(settings: TimelineSettings, flows: Sankey) -> str:
    """How the figure is to be read."""
    said = [
        "A step ends when the label changes. Where less leaves a bar than has come, the others did not change again."
    ]
    if flows.cut:
        said.append(
            f"{number_of(flows.cut, 'patient')} changed more than {number_of(settings.max_changes, 'time')}; "
            "later changes are not shown."
        )
    return " ".join(said)


def nothing_left(timeline: Timeline) -> str:
    """What an empty figure says."""
    read = (
        f"{number_of(timeline.lines, 'line')} read, {number_of(len(timeline.patients), 'patient')} with dated reports"
    )
    return f"No patient passes the filters ({read})."


def node_words(node: Node, settings: TimelineSettings) -> str:
    """A node in a sentence.

    >>> node_words(Node(step=2, value="stable", patients=1), TimelineSettings(values={"stable": "Stable"}))
    'Step 2, Stable: 1 patient'
    """
    if node.value == UNCHANGED:
        return f"No change: {number_of(node.patients, 'patient')}"
    return f"Step {node.step}, {name_of(node.value, settings)}: {number_of(node.patients, 'patient')}"


def link_words(link: Link, settings: TimelineSettings) -> str:
    """A change in a sentence.

    >>> settings = TimelineSettings(values={"stable": "Stable", "improvement": "Improvement"})
    >>> link_words(Link(step=1, source="stable", target="improvement", patients=3), settings)
    'Step 1 to 2, Stable to Improvement: 3 patients'
    """
    steps = "" if link.target == UNCHANGED else f"Step {link.step} to {link.step + 1}, "
    ends = f"{name_of(link.source, settings)} to {name_of(link.target, settings)}"
    ends = f"{name_of(link.source, settings)} throughout" if link.target == UNCHANGED else ends
    return f"{steps}{ends}: {number_of(link.patients, 'patient')}"


def number_of(number: int, noun: str) -> str:
    """A number with its noun.

    >>> number_of(1, "patient"), number_of(2000, "patient")
    ('1 patient', '2,000 patients')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def safe(words: str) -> str:
    """Words as text of a page or a picture: escaped, without the control characters that XML cannot hold.

    >>> safe("<b>A & B</b>")
    '&lt;b&gt;A &amp; B&lt;/b&gt;'
    """
    return escape("".join(mark for mark in words if mark.isprintable()))
