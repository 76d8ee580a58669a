"""One report on the page: its text on the left, its findings on the right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from radnlp.batch.formats.html.marks import Labels, marked_text
from radnlp.batch.formats.shown import evidence_words, one_line, size_words, visible
from radnlp.records.extraction import Extraction
from radnlp.records.findings import Finding
from radnlp.records.mentions import EvidenceSpan
from radnlp.records.report import Report

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def article(report: Report, extraction: Extraction, labels: Labels, *, with_text: bool) -> str:
    """The ``<article>`` of a report.

    Args:
        report: Gives the text.
        extraction: What was found in it.
        labels: Entity id -> what people call it.
        with_text: False leaves out the text, the other columns of the input and every word of the evidence.
    """
    text = _text(report, extraction, labels) if with_text else ""
    facts = _facts(extraction, with_text=with_text)
    return (
        f'<article data-find="{escape(_search_lines(extraction, labels))}">\n'
        f"<header><h2><bdi>{_shown(extraction.report_id)}</bdi></h2>{facts}</header>\n"
        f'<div class="sides">{text}<div class="found">'
        f"{_issues(extraction)}{_findings(extraction, labels, with_text=with_text)}"
        f"{_not_counted(report, extraction, labels, with_text=with_text)}</div></div>\n</article>\n"
    )


def _shown(words: object, *, limit: int = 200) -> str:
    return escape(one_line(str(words), limit=limit))


def _search_lines(extraction: Extraction, labels: Labels) -> str:
    """What the filter box looks at: a first line for the report, then one for each finding and issue."""
    lines = [f"{extraction.report_id} {extraction.patient_id or ''}"]
    lines += [f"{finding.key} {labels.get(finding.key, '')} {finding.status}" for finding in extraction.findings]
    lines += [f"{issue.level} {issue.code}" for issue in extraction.issues]
    return "\n".join(one_line(line, limit=300).lower() for line in lines)


def _facts(extraction: Extraction, *, with_text: bool) -> str:
    facts = [("patient", extraction.patient_id), ("study", extraction.study_date)]
    html = "".join(f"<span>{name} <bdi>{_shown(value)}</bdi></span>" for name, value in facts if value)
    if with_text and extraction.meta:
        rows = "".join(f"<dt>{_shown(k)}</dt><dd><bdi>{_shown(v)}</bdi></dd>" for k, v in extraction.meta.items())
        html += f"<details><summary>{_plural(len(extraction.meta), 'more column')}</summary><dl>{rows}</dl></details>"
    return f'<p class="facts">{html}</p>' if html and "<details" not in html else f'<div class="facts">{html}</div>'


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _text(report: Report, extraction: Extraction, labels: Labels) -> str:
    if not report.text.strip():
        return '<p class="text none">This report has no text.</p>'
    language = f' lang="{report.language}"' if report.language and _LANGUAGE.fullmatch(report.language) else ""
    return f'<div class="text" dir="auto"{language}>{marked_text(report.text, extraction, labels)}</div>'


def _issues(extraction: Extraction) -> str:
    rows = (
        f'<li class="{issue.level}"><b>{issue.level}</b> {escape(visible(issue.message))} '
        f"<code>{_shown(issue.stage)} · {_shown(issue.code)}</code></li>"
        for issue in extraction.issues
    )
    return f'<ul class="issues">{"".join(rows)}</ul>' if extraction.issues else ""


def _findings(extraction: Extraction, labels: Labels, *, with_text: bool) -> str:
    if not extraction.findings:
        return '<p class="none">No findings.</p>'
    evidence = "Evidence" if with_text else "Offsets"
    head = f"<thead><tr><th>Finding</th><th>Status</th><th>Values</th><th>{evidence}</th></tr></thead>"
    rows = "".join(_row(row, f, labels, with_text=with_text) for row, f in enumerate(extraction.findings))
    return f'<table class="findings">{head}<tbody>{rows}</tbody></table>'


def _row(row: int, finding: Finding, labels: Labels, *, with_text: bool) -> str:
    label = _shown(labels.get(finding.key, finding.key))
    name = f'<button type="button" aria-pressed="false">{label}</button>' if with_text else label
    score = "" if finding.score is None else f" <small>{finding.score:.2f}</small>"
    sources = _shown(", ".join(finding.sources))
    said = [(relation, labels.get(value, value)) for relation, ids in finding.values.items() for value in ids]
    said += [("measures", size) for size in size_words(finding.measurements)]
    values = "<br>".join(
        f'<span title="{_shown(relation.replace("_", " "))}">{_shown(words)}</span>' for relation, words in said
    )
    words = "".join(f"<li><bdi>{escape(w)}</bdi></li>" for w in evidence_words(finding.evidence, with_text=with_text))
    return (
        f'<tr data-f="{row}" class="{finding.status}"><th scope="row">{name}</th>'
        f'<td title="said by: {sources}"><b class="status {finding.status}">{finding.status}</b>{score}</td>'
        f'<td class="values">{values}</td><td class="words"><ul>{words}</ul></td></tr>'
    )


def _not_counted(report: Report, extraction: Extraction, labels: Labels, *, with_text: bool) -> str:
    """The mentions that were seen and left out, each reason with its words."""
    rows = dict.fromkeys(_excluded(report, extraction, labels, with_text=with_text))
    return f'<div class="left-out"><h3>Seen, not counted</h3><ul>{"".join(rows)}</ul></div>' if rows else ""


def _excluded(report: Report, extraction: Extraction, labels: Labels, *, with_text: bool) -> Iterator[str]:
    for m in extraction.mentions:
        if m.excluded:
            span = EvidenceSpan(start=m.start, end=m.end, text=report.text[m.start : m.end])
            words = "".join(evidence_words([span], with_text=with_text))
            label = _shown(labels.get(m.entity, m.entity))
            yield f"<li>{label}: {_shown(m.excluded)} <bdi>{escape(words)}</bdi></li>"
