"""How each finding of a report came about, in lines of plain words: what ``radnlp explain`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from radnlp.batch.formats.shown import one_line, size_words, visible
from radnlp.records import Cue, EvidenceSpan, Extraction, Finding, Measurement, Mention, Relation, Report, Route

#: What came of a route, behind the words that tell how sure the first provider was.
_ENDS = {
    "sure": "",
    "unsure": " -> nobody to ask",
    "out_of_budget": " -> no question left in the budget",
    "failed": " -> asked {asked}, which gave no usable answer",
    "agreed": " -> asked {asked}, which agrees",
    "differs": " -> asked {asked}, which says otherwise",
}


def explanation(report: Report, extraction: Extraction) -> Iterator[str]:
    """The lines about one report."""
    yield f"== {visible(report.id)}  ({extraction.schema} {extraction.schema_version})"
    for issue in extraction.issues:
        yield f"{issue.level}: {issue.code}: {visible(issue.message)}"
    if not extraction.findings:
        yield "no findings"
    for finding in extraction.findings:
        yield from finding_trace(report, extraction, finding)
    excluded = [mention for mention in extraction.mentions if mention.excluded]
    if excluded:
        yield "did not count:"
    for mention in excluded:
        yield from excluded_trace(report, mention)


def finding_trace(report: Report, extraction: Extraction, finding: Finding, *, with_text: bool = True) -> Iterator[str]:
    """The lines about one finding: its mentions, the cues that decided them, the way to each value and size.

    Args:
        report: The report of the extraction.
        extraction: What was found in it.
        finding: One of the extraction's findings.
        with_text: False gives offsets where words of the report would stand.
    """
    said = [f"{relation}: {', '.join(found)}" for relation, found in finding.values.items()]
    said += [f"measures: {', '.join(size_words(finding.measurements))}"] if finding.measurements else []
    values = "; ".join(said)
    yield (
        f"{finding.key}: {finding.status}" + (f"  ({values})" if values else "") + f"  by {', '.join(finding.sources)}"
    )
    yield from (f"  {_route(route)}" for route in extraction.routes if route.key == finding.key)
    for mention in extraction.mentions:
        if mention.entity != finding.key or mention.excluded:
            continue
        yield f"  {mention.status} {_quoted(report, mention, with_text)}{_section(mention)}"
        yield from (f"      {_cue(cue, with_text)}" for cue in mention.cues)
        yield from (f"      {_relation(r, with_text)}" for r in extraction.relations if _anchored_at(r, mention))
        yield from (f"      {_measurement(m, with_text)}" for m in finding.measurements if _measures(m, mention))
    unanchored = (r for r in extraction.relations if r.key == finding.key and not r.key_evidence)
    yield from (f"      {_relation(r, with_text)}" for r in unanchored)


def excluded_trace(report: Report, mention: Mention, *, with_text: bool = True) -> Iterator[str]:
    """The lines about a mention that did not count."""
    yield f"  {mention.entity} {_quoted(report, mention, with_text)}: {mention.excluded}{_section(mention)}"
    yield from (f"      {_cue(cue, with_text)}" for cue in mention.cues)


def _quoted(report: Report, mention: Mention, with_text: bool) -> str:
    """The mention in its surroundings, marked."""
    place, text = f"[{mention.start}-{mention.end}]", report.text
    if not with_text:
        return place
    before = " ".join(text[max(0, mention.start - 40) : mention.start].split())
    after = " ".join(text[mention.end : mention.end + 40].split())
    words = one_line(text[mention.start : mention.end])
    return f"{place} …{visible(before)} »{words}« {visible(after)}…"


def _section(mention: Mention) -> str:
    return f"  (section {mention.section})" if mention.section else ""


def _cue(cue: Cue, with_text: bool) -> str:
    words, rule = (f"{one_line(cue.text)!r} ", f"rule {cue.literal!r}, ") if with_text else ("", "")
    return (
        f"cue {words}[{cue.start}-{cue.end}]: {cue.category}, {cue.direction}, {rule}"
        f"scope {cue.scope[0]}-{cue.scope[1]}"
    )


def _relation(relation: Relation, with_text: bool) -> str:
    anchors = ", ".join(_place(span, with_text) for span in relation.value_evidence)
    way = f": {relation.rule}" if relation.rule else ""
    return f"{relation.type} {relation.value} by {relation.source}{way}, {anchors or 'no words in the text'}"


def _route(route: Route) -> str:
    why = f": {', '.join(route.why)}" if route.why and route.end != "sure" else ""
    sure = "sure" if route.end == "sure" else "unsure"
    return f"{route.first} was {sure} ({route.score:.2f}{why}){_ENDS[route.end].format(asked=route.asked)}"


def _place(span: EvidenceSpan, with_text: bool) -> str:
    return (f"{one_line(span.text)!r} " if with_text else "") + f"[{span.start}-{span.end}]"


def _anchored_at(relation: Relation, mention: Mention) -> bool:
    place = (mention.start, mention.end)
    return relation.key == mention.entity and any((e.start, e.end) == place for e in relation.key_evidence)


def _measurement(measurement: Measurement, with_text: bool) -> str:
    (size,) = size_words([measurement])
    return f"measures {size}: {measurement.rule}, {_place(measurement.evidence, with_text)}"


def _measures(measurement: Measurement, mention: Mention) -> bool:
    words = measurement.mention
    return words is not None and (words.start, words.end) == (mention.start, mention.end)
