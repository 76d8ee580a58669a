"""The status engine ``medspacy``: medspaCy's ConText over our cues, in a Doc of its own for each sentence.

A private Doc, because ConText leaves objects in ``doc.user_data`` that break serialising, and so that the entities, the
extensions and the sentence boundaries of the pipeline around stay untouched. Only sentences with a target are looked
at.

Source: Eyre et al., medspaCy, AMIA Annu Symp Proc 2021;2021:438; the algorithm is ConText (Harkema et al., J Biomed
Inform 2009;42:839).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from radnlp.pipes.medspacy_extensions import name_extensions
from radnlp.pipes.tokenizer import blank_pipeline
from radnlp.records import Cue, CueRule
from radnlp.text import LETTER, FoldedText, Target, all_spelled, distinct_rules, fold, split_tokens

_GROUP = "targets"
_LETTER = re.compile(LETTER)
#: ConText compares every cue with every other: a sentence without an end is looked at in pieces of so many characters,
#: each with some words before and behind it.
_PIECE, _MARGIN = 1000, 200


class MedspacyContext:
    """Finds the cues that act on targets with medspaCy's ConText component.

    Args:
        rules: The cues; compiled once.
    """

    def __init__(self, rules: Iterable[CueRule]) -> None:
        self._rules = distinct_rules(rules)
        context_class, rule_class = _import_context()
        self._vocab = Vocab()  # without the attributes of words that a language has: folded text is compared as it is
        self._context = context_class(
            blank_pipeline(self._vocab),
            rules=None,
            phrase_matcher_attr="ORTH",
            span_attrs=None,
            input_span_type="group",
            span_group_name=_GROUP,
        )
        conditions: dict[str, list[str]] = {}
        words = all_spelled([rule.literal for rule in self._rules])
        for rule, spelled in zip(self._rules, words, strict=True):
            if rule.followed_by is not None:
                conditions.setdefault(spelled, []).append(rule.followed_by)
        self._context.add(
            [
                _compile(rule, conditions.get(spelled, ()), rule_class)
                for rule, spelled in zip(self._rules, words, strict=True)
            ]
        )

    def __reduce__(self) -> tuple[type[MedspacyContext], tuple[tuple[CueRule, ...]]]:
        """For a spawned process: compiled again from the rules, quicker than copying spaCy's tables."""
        return type(self), (self._rules,)

    def cues(self, text: str, start: int, end: int, targets: Sequence[Target]) -> list[tuple[Cue, ...]]:
        """See :class:`radnlp.pipes.status.ContextEngine`."""
        found: dict[Target, tuple[Cue, ...]] = {}
        for left in range(start, end, _PIECE):
            inside = [target for target in targets if left <= target[0] < left + _PIECE]
            if inside:
                window = _window(text, start, end, left, max(left + _PIECE, inside[-1][1]))
                found.update(zip(inside, self._cues(text, *window, inside), strict=True))
        return [found.get(target, ()) for target in targets]

    def _cues(self, text: str, start: int, end: int, targets: Sequence[Target]) -> list[tuple[Cue, ...]]:
        folded = fold(text[start:end])
        doc = _single_sentence(self._vocab, folded.text)
        spans = [_target_span(doc, folded, first - start, last - start, entity) for first, last, entity in targets]
        doc.spans[_GROUP] = SpanGroup(doc, name=_GROUP, spans=spans)
        self._context(doc)
        by_tokens: dict[tuple[int, int, str], list[Any]] = {}
        for target, modifier in doc._.context_graph.edges:
            if modifier.modifier_span[0] < target.end and target.start < modifier.modifier_span[1]:
                continue  # ConText lets no cue act on a target that it overlaps; medspaCy misses a cue inside one
            by_tokens.setdefault((target.start, target.end, target.label_), []).append(modifier)
        return [
            tuple(
                _cue(text, start, doc, folded, modifier)
                for modifier in sorted(
                    by_tokens.get((span.start, span.end, span.label_), ()), key=lambda m: m.modifier_span
                )
            )
            for span in spans
        ]


def _import_context() -> tuple[Any, Any]:
    """MedspaCy's two classes; importing it silences every Python warning of the process and makes PyRuSH talk."""
    with warnings.catch_warnings():
        from loguru import logger
        from medspacy.context import ConText, ConTextRule

        logger.disable("PyRuSH")  # it prints words of reports at DEBUG
    name_extensions()
    # ConText always asks a token matcher too, which says that it has no patterns: all our cues are literals.
    warnings.filterwarnings("ignore", message=r"\[W036\]", module=r"medspacy\.")
    return ConText, ConTextRule


def _compile(rule: CueRule, conditions: Sequence[str], rule_class: Any) -> Any:
    """MedspaCy's rule; words with a condition become a pattern, and so do the same words without one."""
    pattern = rule.pattern
    if pattern is None and conditions:
        words = _as_pattern(rule.literal)
        pattern = words + (
            f"(?!{'|'.join(f'(?:{other})' for other in conditions)})"
            if rule.followed_by is None
            else f"(?={rule.followed_by})"
        )
    if pattern is not None:
        # medspaCy ignores case, for which Python's compiler looks at every letter of every script, again and again: of
        # the shipped cues for a minute and more. The text is folded, so nothing is lost.
        pattern = f"(?-i:{pattern})"
    return rule_class(
        literal=fold(rule.literal).text,
        category=rule.category,
        direction=rule.direction.upper(),
        pattern=pattern,
        allowed_types=set(rule.allowed_types) or None,
        excluded_types=set(rule.excluded_types) or None,
        max_scope=rule.max_scope,
        max_targets=rule.max_targets,
        terminated_by=set(rule.terminated_by) or None,
    )


def _as_pattern(literal: str) -> str:
    """The words of a cue as a pattern: whole tokens, with or without space between them."""
    tokens = split_tokens(fold(literal).text)[0]
    before = rf"(?<!{LETTER})" if _LETTER.match(tokens[0]) else ""
    behind = rf"(?!{LETTER})" if _LETTER.match(tokens[-1]) else ""
    words = re.escape(tokens[0])
    for left, right in pairwise(tokens):
        parted = _LETTER.match(left) and _LETTER.match(right)
        words += (" " if parted else " ?") + re.escape(right)
    return before + words + behind


def _single_sentence(vocab: Vocab, text: str) -> Doc:
    words, spaces = split_tokens(text.encode("utf-8", "replace").decode("utf-8"))
    return Doc(vocab, words=words, spaces=spaces, sent_starts=[number == 0 for number in range(len(words))])


def _target_span(doc: Doc, folded: FoldedText, start: int, end: int, entity: str) -> Span:
    span = doc.char_span(*folded.folded(start, end), label=entity, alignment_mode="expand")
    assert span is not None, "a target lies inside its sentence"
    return span


def _cue(text: str, offset: int, doc: Doc, folded: FoldedText, modifier: Any) -> Cue:
    start, end = _characters(doc, folded, offset, *modifier.modifier_span)
    return Cue(
        start=start,
        end=end,
        text=text[start:end],
        category=modifier.category.lower(),
        direction=modifier.direction.lower(),
        literal=modifier.rule.literal,
        scope=_characters(doc, folded, offset, *modifier.scope_span),
    )


def _characters(doc: Doc, folded: FoldedText, offset: int, first: int, last: int) -> tuple[int, int]:
    """The interval of the report text that tokens of the private Doc came from."""
    span = doc[first:last]
    start, end = folded.original(span.start_char, span.end_char)
    return offset + start, offset + end


def _window(text: str, start: int, end: int, left: int, right: int) -> tuple[int, int]:
    """A piece of a sentence with some words on both sides, so that no cue is parted from its target."""
    first, last = max(start, left - _MARGIN), min(end, right + _MARGIN)
    if first > start:
        first = max(first, text.find(" ", first, left))  # not in the midst of a word, whose rest might be a cue
    if last < end:
        last = space if (space := text.rfind(" ", right, last)) >= 0 else last
    return first, last
