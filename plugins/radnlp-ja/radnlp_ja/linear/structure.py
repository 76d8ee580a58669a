"""What a sentence is to the sentences around it: its place, its heading, its organs, what it repeats, its mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from radnlp.api import ReportView
from radnlp_ja.cues import CLASSES, SentenceCues, after_heading
from radnlp_ja.linear.shapes import content

_TITLE = re.compile(r"^[^、。]{1,10}[::]")
_SIZE = re.compile(r"0 ?(?:mm|cm|×|x|大)")

#: What a step from one label to the next may hang on; the first is always true.
EDGES = (
    "always",
    "no_organ",
    "same_organ",
    "new_organ",
    "heading",
    "opens_continuation",
    "shares_words",
    "first_word_repeated",
    "no_mention",
    "same_entity",
    "ends_negative",
    "inner_positive",
    "before_ends_negative",
    "before_inner_positive",
    "short",
    "sized",
)


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of one sentence.

    Attributes:
        facts: Strings to be hashed.
        edges: For each of ``EDGES`` whether it holds.
    """

    facts: tuple[str, ...]
    edges: tuple[bool, ...]


def structures(
    view: ReportView,
    folded: Sequence[str],
    cues: SentenceCues,
    *,
    with_context: bool = True,
    with_mentions: bool = True,
) -> list[Structure]:
    """One a sentence.

    Args:
        view: Sections and mentions.
        folded: The view's sentences, folded.
        cues: Cue words and organs.
        with_context: False leaves out whatever hangs on other sentences or on the place in the report.
        with_mentions: False leaves out terms and their status.
    """
    words = [content(sentence) for sentence in folded]
    organs = [cues.organs(sentence) for sentence in folded]
    found = [cues.found(sentence) for sentence in folded]
    entities: list[set[tuple[str, str]]] = [set() for _ in folded]
    if with_mentions:
        for mention in view.mentions:
            entities[mention.sentence].add((mention.entity, mention.status or mention.type))
    total = len(folded)
    rows = []
    seen: set[str] = set()
    subject: frozenset[str] = frozenset()
    for at, sentence in enumerate(folded):
        facts = list(_own(sentence, words[at], organs[at], found[at]))
        abnormal = cues.abnormalities(sentence)
        told = any((("background", place) in found[at]) for place in ("opens", "holds", "ends"))
        facts += [f"abnormal {min(abnormal, 3)}", f"abnormal {abnormal > 0} background {told}"]
        facts += [f"mention {entity} {status}" for entity, status in sorted(entities[at])]
        facts += [f"status {status}" for status in sorted({status for _, status in entities[at]})]
        facts.append(f"mentions {min(len(entities[at]), 3)}")
        truths = _own_truths(sentence, found[at], entities[at], organs[at])
        if with_context:
            before = at - 1
            known = set(words[before]) if at else set()
            shared = [word for word in words[at] if word in known]
            earlier = [word for word in words[at] if word in seen]
            share = len(shared) / len(words[at]) if words[at] else 0.0
            truths |= {
                "same_organ": bool(organs[at] & subject),
                "new_organ": bool(organs[at] - subject),
                "shares_words": bool(shared),
                "first_word_repeated": bool(words[at]) and words[at][0] in known,
                "same_entity": bool(
                    at and {entity for entity, _ in entities[at]} & {entity for entity, _ in entities[before]}
                ),
            }
            if at:
                earlier_truths = _own_truths(folded[before], found[before], entities[before], organs[before])
                truths["before_ends_negative"] = earlier_truths["ends_negative"]
                truths["before_inner_positive"] = earlier_truths["inner_positive"]
            facts += [
                f"place {min(at, 6)}",
                f"place {min(at, 3)} abnormal {abnormal > 0} organ {bool(organs[at])}",
                f"to the end {min(total - 1 - at, 4)}",
                f"tenth {10 * at // max(total, 1)}",
                f"sentences {min(total // 4, 5)}",
                f"section {view.sentences[at].section}",
                f"shared {round(share * 4)}",
                f"shared words {min(len(shared), 3)}",
                f"earlier words {min(len(earlier), 4)} of {min(len(words[at]), 4)}",
                f"similar {round(5 * _similarity(sentence, folded[before])) if at else 'none'}",
                f"organs new {truths['new_organ']} same {truths['same_organ']} none {truths['no_organ']}",
            ]
            for back in (1, 2):
                if at >= back:
                    for name, place in found[at - back]:
                        facts.append(f"-{back} {name} {place}")
                    facts += [f"-{back} status {status}" for status in sorted({s for _, s in entities[at - back]})]
                    if organs[at] and organs[at - back]:
                        facts.append(f"-{back} organs {'shared' if organs[at] & organs[at - back] else 'other'}")
            for ahead in (1, 2):
                if at + ahead < total:
                    for name, place in found[at + ahead]:
                        facts.append(f"+{ahead} {name} {place}")
                    if organs[at] and organs[at + ahead]:
                        facts.append(f"+{ahead} organs {'shared' if organs[at] & organs[at + ahead] else 'other'}")
        facts += [f"edge {name}" for name in sorted(truths) if truths[name]]
        rows.append(Structure(tuple(facts), tuple(name == "always" or truths.get(name, False) for name in EDGES)))
        seen.update(words[at])
        if organs[at]:
            subject = organs[at]
    return rows


def _own(sentence: str, words: Sequence[str], organs: frozenset[str], found: dict[tuple[str, str], str]) -> list[str]:
    facts = [
        f"length {min(len(sentence) // 10, 9)}",
        f"clauses {min(sentence.count('、'), 5)}",
        f"words {min(len(words), 6)}",
    ]
    facts += [f"{name} {place}" for name, place in found]
    facts += [f"organ {name}" for name in sorted(organs)]
    facts.append(f"organs {min(len(organs), 4)}")
    facts.append(
        " ".join(f"{name} {place}" for name in CLASSES for place in ("opens", "ends") if (name, place) in found)
    )
    return facts


def _own_truths(
    sentence: str,
    found: dict[tuple[str, str], str],
    entities: set[tuple[str, str]],
    organs: frozenset[str],
) -> dict[str, bool]:
    body = after_heading(sentence)
    return {
        "no_organ": not organs,
        "heading": body != sentence or bool(_TITLE.match(sentence)),
        "opens_continuation": ("continuation", "opens") in found,
        "no_mention": not entities,
        "ends_negative": ("negative", "ends") in found,
        "inner_positive": ("positive", "holds") in found,
        "short": len(sentence) < 20,
        "sized": bool(_SIZE.search(sentence)),
    }


def _similarity(one: str, other: str) -> float:
    """Share of the character pairs that two sentences have in common (Dice)."""
    first, second = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
