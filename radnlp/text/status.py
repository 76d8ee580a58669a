"""From cues and section to a mention's status: what the words around a term mean for it (guide: status of a key)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from radnlp.records import STATUS_ORDER, SectionEffect, Status

#: Cue categories that take a mention out of the count.
EXCLUDING = ("family", "question", "recommendation", "other_organ")


def decide_status(
    categories: Iterable[str],
    section: str | None,
    section_effects: Mapping[str, SectionEffect],
    *,
    lasting: bool = False,
) -> tuple[Status, str | None]:
    """A mention's status, and why it does not count, or None.

    Denial wins over everything, the past over doubt; a cue that asserts ("no interval change of", "again seen") takes
    back the past, which it merely compares with.

    Args:
        categories: The categories of the cues that act on the mention.
        section: Its section.
        section_effects: The schema's word on sections.
        lasting: Whether the key remains the patient's diagnosis when it is gone.

    >>> decide_status(["negated", "uncertain"], "findings", {})
    ('absent', None)
    >>> decide_status([], "technique", {"technique": "excluded"})
    ('present', 'technique')
    >>> decide_status(["gone"], "findings", {}, lasting=True), decide_status(["gone"], "findings", {})
    (('historical', None), ('absent', None))
    """
    said = set(categories)
    effect = section_effects.get(section or "")
    excluded = next(filter(said.__contains__, EXCLUDING), None) if said else None
    if excluded is None and effect == "excluded":
        excluded = section
    if excluded is None and effect == "historical" and "uncertain" in said:
        excluded = "question"  # what is suspected in the clinical information is why the examination was asked for
    if "gone" in said and "asserted" not in said:
        return ("historical" if lasting else "absent"), excluded
    if "negated" in said:
        return "absent", excluded
    if effect == "historical" or ("historical" in said and "asserted" not in said):
        return "historical", excluded
    return ("uncertain" if "uncertain" in said else "present"), excluded


def strongest(statuses: Iterable[Status]) -> Status | None:
    """The status of a key with several mentions: present, else uncertain, else historical, else absent; None for none.

    >>> strongest(["absent", "uncertain"])
    'uncertain'
    """
    found = set(statuses)
    return next(filter(found.__contains__, STATUS_ORDER), None)
