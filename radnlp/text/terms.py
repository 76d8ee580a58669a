"""Terms of the lexicon found in a text: one automaton over the folded text, longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import ahocorasick_rs

from radnlp.records import Sentence, Term, TermMatch
from radnlp.text.folding import fold
from radnlp.text.gaps import GAP, GapTerms, Taken
from radnlp.text.recurring import Remembering
from radnlp.text.spelling import spell
from radnlp.text.typos import TypoReader

# The automaton takes UTF-8, which a lone surrogate cannot become; it stands in no term either.
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile("[a-z]+")

#: Start, end, entities, and the sections in which they are not meant.
_Found = tuple[int, int, tuple[str, ...], tuple[str, ...]]


class TermMatcher:
    """Finds the terms of a lexicon.

    A match is a whole word where the script has words: a Latin letter or digit may not touch it on either side, a
    Hangul particle or a kana ending may ("lesion은"). Matches lie inside one sentence and do not overlap: of all
    candidates the leftmost is taken, and of those the longest. A term without entities ("thyroid nodule") takes its
    words and gives no match. Terms with a gap (radnlp.text.gaps) come after all others. Misspelt words are read as the
    words of the terms (radnlp.text.typos), and a match has the offsets of what stands in the text.
    """

    def __init__(self, terms: Iterable[Term], *, known: Iterable[str] = ()) -> None:
        """Compile the terms.

        Args:
            terms: All terms of the lexicon, also those that name nothing.
            known: Other phrases of the lexicon, whose words are no misspelling of a term's.
        """
        given = tuple(terms)
        # Words only, no records: the garbage collector would look at each of thousands again and again.
        self._source = tuple((term.phrase, term.entities, term.owner, term.not_in) for term in given)
        self._known = tuple(known)
        # All phrases folded at once: thousands of single calls would be a good part of loading a pipeline.
        named = {term.phrase: term for term in given}
        folded = zip(fold("\x00".join(named)).text.split("\x00"), named.values(), strict=True) if named else ()
        by_phrase = {phrase: term for phrase, term in folded if phrase}
        self._gaps = GapTerms(replace(term, phrase=phrase) for phrase, term in by_phrase.items() if GAP in phrase)
        entities = {phrase: term.entities for phrase, term in by_phrase.items() if GAP not in phrase}
        alone = sorted(self._gaps.parts.difference(entities))
        self._entities: tuple[tuple[str, ...] | None, ...] = (*entities.values(), *(None for _ in alone))
        phrases = (*entities, *alone)
        self._not_in = {number: by_phrase[phrase].not_in for number, phrase in enumerate(entities)}
        self._not_in = {number: sections for number, sections in self._not_in.items() if sections}
        self._gaps.number({phrase: number for number, phrase in enumerate(phrases)})
        self._automaton = ahocorasick_rs.AhoCorasick(phrases) if phrases else None
        self._typos = _typo_reader(by_phrase, fold(" ".join(self._known)).text)
        self._in_sentence = Remembering(self._find)

    def __reduce__(self) -> tuple[object, ...]:
        """The automaton cannot be pickled (for a process that is spawned); it is built again from the terms."""
        return _rebuilt, (self._source, self._known)

    def find(self, text: str, sentences: Sequence[Sentence]) -> tuple[TermMatch, ...]:
        """The matches in text order.

        Args:
            text: The report text.
            sentences: Its sentences, in text order.
        """
        found: list[TermMatch] = []
        for sentence in sentences:
            at = sentence.start
            for start, end, entities, not_in in self._in_sentence(text[at : sentence.end]):
                if sentence.section not in not_in:
                    found.append(TermMatch(start=at + start, end=at + end, entities=entities, sentence=sentence.index))
        return tuple(found)

    def _find(self, sentence: str) -> list[_Found]:
        """The terms of a sentence that name something; offsets count from its start."""
        if self._automaton is None:
            return []
        folded = spell(sentence).folded
        read = self._typos.read(folded.text if folded.text.isascii() else _SURROGATE.sub("\ufffd", folded.text))
        words = read.text
        candidates = [
            (start, -end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(words, overlapping=True)
            if not (start and _in_one_word(words[start - 1], words[start]))
            and not (end < len(words) and _in_one_word(words[end - 1], words[end]))
        ]
        if not candidates:
            return []
        candidates.sort()
        taken = [term for term in self._gaps.read(self._longest(candidates), candidates, words) if term.entities]
        if read.ends:
            spans = [folded.original(read.back(term.start), read.back(term.end)) for term in taken]
        elif len(folded.starts) > 1:
            spans = [folded.original(term.start, term.end) for term in taken]
        else:
            spans = [(term.start, term.end) for term in taken]
        return [(*span, term.entities, term.not_in) for span, term in zip(spans, taken, strict=True)]

    def _longest(self, candidates: Iterable[tuple[int, int, int]]) -> list[Taken]:
        """Of overlapping candidates the leftmost, and of those the longest; all in text order."""
        taken: list[Taken] = []
        free = 0
        for start, minus_end, number in candidates:
            entities = self._entities[number]
            if start >= free and entities is not None:
                free = -minus_end
                taken.append(Taken(start, free, entities, self._not_in.get(number, ())))
        return taken


def _rebuilt(
    source: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...], known: tuple[str, ...]
) -> TermMatcher:
    terms = (
        Term(phrase=phrase, entities=entities, owner=owner, not_in=not_in) for phrase, entities, owner, not_in in source
    )
    return TermMatcher(terms, known=known)


def _typo_reader(terms: Mapping[str, Term], known: str) -> TypoReader:
    """The reader of misspelt words, for folded phrases with their terms and other words spelt well."""
    phrases: dict[tuple[str, ...], list[str]] = {}
    for phrase, term in terms.items():
        phrases.setdefault(term.entities, []).append(phrase)
    names: dict[str, set[tuple[str, ...]]] = {}
    others = set(_WORD.findall(known))
    for entities, found in phrases.items():
        for word in set(_WORD.findall(" ".join(found))):
            if entities:
                names.setdefault(word, set()).add(entities)
            else:
                others.add(word)
    return TypoReader({word: frozenset(meant) for word, meant in names.items()}, others)


def _in_one_word(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word of an alphabetic script."""
    return left < "\u1100" and right < "\u1100" and left.isalnum() and right.isalnum()
