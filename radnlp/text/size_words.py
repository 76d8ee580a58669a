"""The words around a size: which dimension it is, how exact, of when, and whether it is the size of anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import get_args

from radnlp.records import MeasurementWord, Qualifier
from radnlp.text.folding import fold

#: What a word directly before or behind a size may say of it.
_ABOUT_SIZES = frozenset({*get_args(Qualifier), "not_a_size", "dimension", "filler", "article", "between"})
_JOINTS = frozenset({"times", "range", "from_to", "becomes", "came_from", "list"})
# Kana and Han are written without spaces: each character is a word of its own, in the lexicon's phrases too.
_WIDE = r"\u3041-\u30ff\u4e00-\u9fff"
_ONE_WIDE = re.compile(rf"[{_WIDE}]")
_WORD = re.compile(rf"[<>\u2264\u2265\u2248~]=?|[{_WIDE}]|[^\s:=(),\[\]<>\u2264\u2265\u2248~;{_WIDE}]+")
#: How far from the number words are looked for, in characters, and how many words a phrase has at most.
_WINDOW, _LONGEST = 60, 6
_JOINT_WINDOW = 30
_CHANGE_WINDOW = 40
_AXIS = re.compile(r"^ ?\([a-z]{1,12}\)")  # "12 (AP) x 8 (TR) mm"


class SizeWords:
    """The measurement words of a lexicon, looked up from a size outwards.

    All offsets are those of the folded text.
    """

    def __init__(self, words: Iterable[MeasurementWord]) -> None:
        self._before: dict[str, set[str]] = defaultdict(set)
        self._after: dict[str, set[str]] = defaultdict(set)
        self._joints: dict[str, str] = {}
        change: list[str] = []
        for word in words:
            phrase = fold(word.phrase).text.rstrip(".")
            if word.meaning in _ABOUT_SIZES and _ONE_WIDE.search(phrase):
                phrase = " ".join(_WORD.findall(phrase))
            if word.meaning in _ABOUT_SIZES:
                (self._before if word.side == "before" else self._after)[phrase].add(word.meaning)
            elif word.meaning in _JOINTS:
                self._joints[phrase] = word.meaning
            elif word.meaning == "change":
                change.append(phrase)
        self._change = any_of(change)

    def before(self, text: str, start: int, at: int) -> tuple[list[str], int]:
        """What the words before a size say, the nearest first, and where the first of them begins.

        Args:
            text: The folded text.
            start: Where to stop.
            at: Where the size begins.
        """
        words = [(found[0].rstrip("."), found.start()) for found in _WORD.finditer(text, max(start, at - _WINDOW), at)]
        said: list[str] = []
        while words:
            for length in range(min(_LONGEST, len(words)), 0, -1):
                phrase = " ".join(word for word, _ in words[-length:])
                if meanings := self._before.get(phrase):
                    break
            else:
                return said, at
            said += sorted(meanings)
            at = words[-length][1]
            del words[-length:]
        return said, at

    def after(self, text: str, at: int, end: int) -> tuple[list[str], int]:
        """The same for the words behind it, up to a comma or bracket, and where the last of them ends.

        A word that another number follows belongs to that one: "8 mm previously 6 mm".
        """
        words: list[tuple[str, int]] = []
        reached = at
        for found in _WORD.finditer(text, at, min(end, at + _WINDOW)):
            if text[reached : found.start()].strip():
                break
            reached = found.end()
            words.append((found[0].rstrip(".,"), reached))
        said: list[str] = []
        while words:
            for length in range(min(_LONGEST, len(words)), 0, -1):
                meanings = self._after.get(" ".join(word for word, _ in words[:length]))
                behind = words[length - 1][1]
                if meanings and not text[behind : behind + 2].lstrip(" (")[:1].isdigit():
                    break
            else:
                break
            said += sorted(meanings or ())
            at = words[length - 1][1]
            del words[:length]
        return said, at

    def joint(self, text: str, start: int, end: int) -> str | None:
        """What stands between two numbers makes of them: times, range, from_to, becomes, came_from, list, or None."""
        if end - start > _JOINT_WINDOW:
            return None
        return self._joints.get(_AXIS.sub("", text[start:end], count=1).strip())

    def speaks_of_change(self, text: str, start: int, end: int) -> bool:
        """Whether something grew or shrank, by the words near an interval."""
        return bool(self._change.search(text, max(0, start - _CHANGE_WINDOW), end + _CHANGE_WINDOW))


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the folded phrases, the longest first, as whole words where the script has words."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    edged = (
        (r"(?<![a-z0-9])" if _is_letter(phrase[0]) else "")
        + re.escape(phrase)
        + (r"(?![a-z0-9])" if _is_letter(phrase[-1]) else "")
        for phrase in ordered
    )
    return re.compile("|".join(edged) or r"(?!)")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()
