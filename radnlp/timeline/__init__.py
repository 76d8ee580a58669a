"""A patient's reports over time: findings in, sequences of episodes and the figure of their changes out.

settings = settings_for(schema)
timeline = build_timeline(read_findings(["findings.jsonl"]), settings)
timeline_json(timeline), timeline_csv(timeline), sankey_svg(timeline), sankey_html(timeline)
"""

from radnlp.timeline.building import build_timeline
from radnlp.timeline.document import timeline_csv, timeline_dict, timeline_json
from radnlp.timeline.entries import Entry, KeyFound, TimelineIssue
from radnlp.timeline.findings import read_findings, read_lines
from radnlp.timeline.flows import Link, Node, Sankey, sankey
from radnlp.timeline.output import FORMS, plan, write_timeline
from radnlp.timeline.page import sankey_html
from radnlp.timeline.sequence import FilterCount, PatientTimeline, Step, Timeline, TimelineReport, Unplaced
from radnlp.timeline.settings import TimelineSettings, settings_for
from radnlp.timeline.svg import sankey_svg

__all__ = [
    "FORMS",
    "Entry",
    "FilterCount",
    "KeyFound",
    "Link",
    "Node",
    "PatientTimeline",
    "Sankey",
    "Step",
    "Timeline",
    "TimelineIssue",
    "TimelineReport",
    "TimelineSettings",
    "Unplaced",
    "build_timeline",
    "plan",
    "read_findings",
    "read_lines",
    "sankey",
    "sankey_html",
    "sankey_svg",
    "settings_for",
    "timeline_csv",
    "timeline_dict",
    "timeline_json",
    "write_timeline",
]
