"""Misspelt words of a report read as the words of the terms they were meant to be.

Deletion neighbourhoods after Garbe's SymSpell: two words within a distance share a form that both reach by deleting
letters, so that a word is looked up in a table instead of being compared with every other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Shorter words have too many real neighbours: "modular" and "nodular", "mass" and "mash".
MIN_TERM_LETTERS = 7
MIN_LETTERS = 6
#: From this length on two slips are read.
LONG = 11
_WORD = re.compile(rf"[a-z]{{{MIN_LETTERS},}}")
#: How many words, and how long tokens, are kept with what was found out about them.
MAX_REMEMBERED = 50_000
_LONGEST_TOKEN = 40


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """A folded text with its misspelt words replaced, and the way back.

    Attributes:
        text: The text to be matched.
        ends: Where replaced words end in it, ascending.
        shifts: From each of these ends on: how much further on it is than in the text it came from.
    """

    text: str
    ends: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def back(self, at: int) -> int:
        """The offset in the text it came from; exact at the borders of words."""
        row = bisect_right(self.ends, at) - 1
        return at if row < 0 else at - self.shifts[row]


class TypoReader:
    """Reads a word that nobody knows as the one word of the terms it is a slip away from.

    One slip is a letter too many, too few, wrong, or changed places with its neighbour. Words of 6 letters and more may
    have one, of 11 and more two; the first letter is right, and the word meant has 7 letters or more. A word that is as
    near to a known word that names nothing ("hemithorax"), or to words that name different things, stays as it is; so
    does one with another ending ("effusive").
    """

    def __init__(self, words: Mapping[str, frozenset[tuple[str, ...]]], known: Iterable[str] = ()) -> None:
        """Compile the table.

        Args:
            words: The words of the terms, folded, each with what the terms that hold it name.
            known: Words that are spelt well and name nothing.
        """
        self._meanings = {word: names for word, names in words.items() if len(word) >= MIN_TERM_LETTERS}
        decoys = {word: frozenset[tuple[str, ...]]() for word in known if len(word) >= MIN_LETTERS}
        self._meanings |= {word: names for word, names in decoys.items() if word not in words}
        self._known = {*words, *decoys}
        self._shapes = {
            (word[0], len(word) + more)
            for word, names in self._meanings.items()
            if names
            for more in ((-2, -1, 0, 1, 2) if len(word) >= LONG - 2 else (-1, 0, 1))
        }
        self._settled: dict[str, str | None] = {}
        self._right: set[str] = set()
        near: dict[str, list[str]] = {}
        for word in self._meanings:
            for form in _deletions(word, 2 if len(word) >= LONG - 1 else 1):
                near.setdefault(form, []).append(word)
        # Strings, not lists: the garbage collector would look at each list again and again.
        self._near = {form: " ".join(words) for form, words in near.items()}

    def correction(self, word: str) -> str | None:
        """The word that a folded word was meant to be; None when it stays as it is.

        >>> reader = TypoReader({"effusion": frozenset({("pleural_effusion",)})}, known=["infusion"])
        >>> reader.correction("efusion"), reader.correction("infusion"), reader.correction("diffusion")
        ('effusion', None, None)
        """
        if word in self._known or len(word) < MIN_LETTERS:
            return None
        if word not in self._settled:
            if len(self._settled) > MAX_REMEMBERED:  # ever new words must not fill the memory
                self._settled.clear()
            self._settled[word] = self._meant(word)
        return self._settled[word]

    def read(self, text: str) -> CorrectedText:
        """A folded text with its misspelt words replaced."""
        wrong = [token for token in set(text.split(" ")) - self._right if not self._is_right(token)]
        if not wrong:
            return CorrectedText(text)
        pieces, ends, shifts = [], [], []
        at = shift = 0
        for found in _WORD.finditer(text):
            meant = self.correction(found[0])
            if meant is not None:
                pieces += [text[at : found.start()], meant]
                at = found.end()
                shift += len(meant) - len(found[0])
                ends.append(at + shift)
                shifts.append(shift)
        return CorrectedText("".join([*pieces, text[at:]]), tuple(ends), tuple(shifts))

    def _is_right(self, token: str) -> bool:
        """Whether no word of a token ("effusion,") is misspelt; most tokens come again and again."""
        right = all(self.correction(word) is None for word in _WORD.findall(token))
        if right and len(token) <= _LONGEST_TOKEN:
            if len(self._right) > MAX_REMEMBERED:
                self._right.clear()
            self._right.add(token)
        return right

    def _meant(self, word: str) -> str | None:
        if (word[0], len(word)) not in self._shapes:
            return None
        limit = 2 if len(word) >= LONG else 1
        near = {
            other
            for form in _deletions(word, limit)
            for other in self._near.get(form, "").split()
            if other[0] == word[0]
        }
        distances = {other: slips(word, other) for other in near if not _same_stem(word, other)}
        least = min(distances.values(), default=limit + 1)
        if least > limit:
            return None
        nearest = sorted(other for other, distance in distances.items() if distance == least)
        meanings = {self._meanings[other] for other in nearest}
        return nearest[0] if len(meanings) == 1 and all(meanings) else None


def slips(left: str, right: str) -> int:
    """The Damerau-Levenshtein distance in its restricted form: no letter is moved twice.

    >>> slips("atelctasis", "atelectasis"), slips("noduels", "nodules"), slips("mass", "mess")
    (1, 1, 1)
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def _same_stem(left: str, right: str) -> bool:
    """Whether two words differ in their endings only, as "infiltrated" and "infiltrate": both may be meant."""
    longer = max(len(left), len(right))
    ending = 3 if longer >= LONG and slips(left, right) > 1 else 1
    return left[: longer - ending] == right[: longer - ending]


def _deletions(word: str, limit: int) -> set[str]:
    """The word and what is left of it without one letter, or without up to ``limit`` letters."""
    forms = last = {word}
    for _ in range(limit):
        last = {form[:at] + form[at + 1 :] for form in last for at in range(len(form))}
        forms = forms | last
    return forms
