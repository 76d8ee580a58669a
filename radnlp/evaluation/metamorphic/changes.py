"""The changes: each makes a variant of a report, or None where the report has nothing for it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from radnlp.evaluation.metamorphic.facts import Facts, Variant, same
from radnlp.evaluation.metamorphic.words import any_of, table
from radnlp.records import Extraction, Mention, Term

_ITEM = re.compile(r"^[ \t]*(\d{1,2})[.)] (.*)$", re.MULTILINE)
_PLAIN = re.compile(r"[a-z][a-z -]{3,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report to be changed.

    Attributes:
        text: As given.
        reading: What ``rules`` found in it: where terms, sentences and sections are.
        synonyms: Key -> its plain terms.
    """

    text: str
    reading: Extraction
    synonyms: Mapping[str, tuple[str, ...]]


Change = Callable[[Source, random.Random], Variant | None]


def negation_flipped(source: Source, draw: random.Random) -> Variant | None:
    """A denied finding is asserted, or an asserted one denied; it must be the only mention of its key."""
    words = table("negation")
    denial = re.compile(rf"(?:{'|'.join(map(re.escape, words['denials']))}) ", re.IGNORECASE)
    more = any_of(words["not_with"])
    found: list[Variant] = []
    for mention in _alone(source):
        sentence = source.reading.sentences[mention.sentence]
        before, behind = source.text[sentence.start : mention.start], source.text[mention.end : sentence.end]
        if more.search(before + " " + behind) or re.search(r"[,;:()?/\n]", before + behind):
            continue
        denied = denial.fullmatch(before)
        if denied and mention.status == "absent" and behind.strip() in (".", ""):
            kept = source.text[mention.start].upper() + source.text[mention.start + 1 : sentence.end]
            found.append(_replaced(source, mention, sentence.start, sentence.end, kept, "present"))
        elif not before.strip() and mention.status == "present" and not mention.cues:
            kept = f"{words['put']} {source.text[mention.start].lower()}{source.text[mention.start + 1 : sentence.end]}"
            found.append(_replaced(source, mention, sentence.start, sentence.end, kept, "absent"))
    return draw.choice(found) if found else None


def _replaced(source: Source, mention: Mention, start: int, end: int, words: str, status: str) -> Variant:
    key = mention.entity

    def expect(facts: Facts) -> Facts:
        return {**facts, key: (status, frozenset())}

    text = source.text[:start] + words + source.text[end:]
    return Variant(text=text, expect=expect, loose=frozenset([key]), what=f"{key} becomes {status}")


def _alone(source: Source) -> Iterable[Mention]:
    """Mentions of keys that are the only one of their key, and the only one of any key in their sentence."""
    keys = [mention for mention in source.reading.mentions if mention.status is not None]
    for mention in keys:
        others = [m for m in keys if m is not mention and mention.entity == m.entity]
        near = [m for m in keys if m is not mention and mention.sentence == m.sentence]
        if not others and not near and mention.excluded is None and mention.section != "history":
            yield mention


def side_swapped(source: Source, draw: random.Random) -> Variant | None:
    """Right becomes left and left becomes right, throughout; the values must follow."""
    words = table("sides")
    if any_of(words["not_with"]).search(source.text):
        return None
    other: dict[str, str] = {a.lower(): b for pair in words["swap"] for a, b in (pair, pair[::-1])}
    values: Mapping[str, str] = words["values"]

    def swapped(found: re.Match[str]) -> str:
        word = other[found[0].lower()]
        return word.upper() if found[0].isupper() else word.title() if found[0][0].isupper() else word.lower()

    text, number = any_of(map(re.escape, other)).subn(swapped, source.text)
    if not number:
        return None

    def expect(facts: Facts) -> Facts:
        return {
            key: (status, frozenset((relation, values.get(value, value)) for relation, value in pairs))
            for key, (status, pairs) in facts.items()
        }

    return Variant(text=text, expect=expect, what=f"{number} words of side")


def synonym_swapped(source: Source, draw: random.Random) -> Variant | None:
    """One term becomes another plain term of the same keys; nothing may change."""
    places: dict[tuple[int, int], set[str]] = {}
    for mention in source.reading.mentions:
        if mention.type not in table("synonyms")["not_types"]:
            places.setdefault((mention.start, mention.end), set()).add(mention.entity)
    choices = []
    for (start, end), entities in places.items():
        if len(entities) != 1:
            continue
        (entity,) = entities
        said = source.text[start:end]
        terms = [t for t in source.synonyms.get(entity, ()) if t != said.lower() and _alike(t, said.lower())]
        if terms and _PLAIN.fullmatch(said.lower()):
            choices.append((start, end, entity, terms))
    if not choices:
        return None
    start, end, entity, terms = draw.choice(choices)
    term = draw.choice(terms)
    term = term[0].upper() + term[1:] if source.text[start].isupper() else term
    text = source.text[:start] + term + source.text[end:]
    return Variant(text=text, expect=same, what=f"another term of {entity}")


def _alike(term: str, other: str) -> bool:
    """Both are one thing or both are several, so that the grammar around them still fits."""
    return (term[-1] == "s") == (other[-1] == "s")


def list_shuffled(source: Source, draw: random.Random) -> Variant | None:
    """Numbered items of one line each change places; nothing may change."""
    items = list(_ITEM.finditer(source.text))
    row = [item for number, item in enumerate(items) if int(item[1]) == number + 1]
    if len(row) != len(items) or len(row) < 2 or any(any_of(table("list")["not_with"]).search(i[2]) for i in row):
        return None
    if any(source.text[left.end() : right.start()].strip() for left, right in pairwise(row)):
        return None  # an item of several lines
    order = list(range(len(row)))
    while order == sorted(order):
        draw.shuffle(order)
    pieces, end = [], 0
    for item, other in zip(row, order, strict=True):
        pieces += [source.text[end : item.start(2)], row[other][2]]
        end = item.end(2)
    return Variant(text="".join(pieces) + source.text[end:], expect=same, what=f"{len(row)} items")


def history_dropped(source: Source, draw: random.Random) -> Variant | None:
    """The history is left out; what it does not name may not change."""
    sections = [section for section in source.reading.sections if section.id == "history"]
    if len(sections) != 1 or sections[0].end >= len(source.text):
        return None
    start, end = sections[0].start, sections[0].end
    told = {m.entity for m in source.reading.mentions if m.status is not None and start <= m.start < end}
    text = source.text[:start] + source.text[end:]
    return Variant(text=text, expect=same, ignored=frozenset(told), what=f"{end - start} characters")


def mistyped(source: Source, draw: random.Random) -> Variant | None:
    """Some letters of longer words are left out, doubled, swapped with the next or replaced; nothing may change."""
    settings = table("typing")
    letters = list(source.text)
    places = [
        at
        for word in re.finditer(rf"[A-Za-z]{{{settings['shortest']},}}", source.text)
        for at in range(word.start() + 1, word.end() - 1)
    ]
    number = round(len(places) * settings["rate"])
    if not number:
        return None
    for at in draw.sample(places, number):
        kind = draw.randrange(4)
        if kind == 0:
            letters[at] = ""
        elif kind == 1:
            letters[at] = letters[at] * 2
        elif kind == 2:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters[at] = draw.choice(_LETTERS)
    return Variant(text="".join(letters), expect=same, what=f"{number} letters")


#: In the order of the table.
CHANGES: Mapping[str, Change] = {
    "negation flipped": negation_flipped,
    "side swapped": side_swapped,
    "synonym swapped": synonym_swapped,
    "list items shuffled": list_shuffled,
    "history dropped": history_dropped,
    "3% typing errors": mistyped,
}


def plain_terms(terms: Iterable[Term]) -> Mapping[str, tuple[str, ...]]:
    """Key -> its terms that are plain English words and name nothing else."""
    found: dict[str, set[str]] = {}
    for term in terms:
        if len(term.entities) == 1 and not term.not_in and _PLAIN.fullmatch(term.phrase):
            found.setdefault(term.entities[0], set()).add(term.phrase)
    return {entity: tuple(sorted(phrases)) for entity, phrases in found.items()}
