"""One JSON value with faults, from one place in a text."""

from __future__ import annotations

import re

from radnlp_llama.answers.nodes import Array, Cut, Node, Object

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*", re.DOTALL)
_BARE_END = re.compile(r"[,:{}\[\]\n\r，、：｛｝［］；;]")
#: Deeper than any answer.
_DEEPEST = 12


class DepthError(ValueError):
    """Brackets in brackets beyond all bounds."""


class Parser:
    """Reads one value.

    Args:
        text: The whole text.
        plain: The same with JSON's own signs in place of others, character by character.
        at: Where the value begins.

    Attributes:
        at: Where it ended.
        mended: What was mended.
    """

    def __init__(self, text: str, plain: str, at: int) -> None:
        self._text, self._plain, self.at = text, plain, at
        self.mended: dict[str, None] = {}

    def value(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise DepthError
        sign = self._peek()
        if sign == "{":
            return self._object(depth)
        if sign == "[":
            return self._array(depth)
        if sign in ('"', "'"):
            return self._string(sign)
        return Cut() if not sign else self._bare()

    def _object(self, depth: int) -> Object:
        self._take()
        result = Object()
        while True:
            sign = self._peek()
            if not sign:
                result.cut = True
                self._note("cut end")
                return result
            if sign in "}]":
                if sign == "}":
                    self._take()
                else:
                    self._note("brackets")
                return result
            if sign == ",":
                self._comma("}")
                continue
            if sign in "{[:":
                self._note("brackets")
                self._take()
                continue
            name = self._string(sign) if sign in "\"'" else self._bare()
            if self._peek() != ":":
                if not self._peek():
                    result.cut = True
                    self._note("cut end")
                    return result
                self._note("name without value")
                result.pairs.append((name if isinstance(name, str) else "", None))
                continue
            self._take()
            at = self._peek()
            value = None if at and at in ",}" else self.value(depth + 1)
            if isinstance(name, str):
                result.pairs.append((name, value))
            self._between("}")

    def _array(self, depth: int) -> Array:
        self._take()
        result = Array()
        while True:
            sign = self._peek()
            if not sign:
                result.cut = True
                self._note("cut end")
                return result
            if sign in "]}":
                if sign == "]":
                    self._take()
                else:
                    self._note("brackets")
                return result
            if sign == ",":
                self._comma("]")
                continue
            if sign == ":":
                self._note("brackets")
                self._take()
                continue
            result.items.append(self.value(depth + 1))
            self._between("]")

    def _string(self, quote: str) -> str | Cut:
        """A string; a quotation mark inside that nothing of JSON follows belongs to it."""
        if self._text[self.at] != '"':
            self._note("quotation marks")
        self.at += 1
        out: list[str] = []
        while self.at < len(self._text):
            sign = self._text[self.at]
            if sign == "\\" and self.at + 1 < len(self._text):
                self._escape(out)
                continue
            if self._plain[self.at] == quote and self._closes():
                if sign != '"' and quote == '"':
                    self._note("quotation marks")
                self.at += 1
                return "".join(out)
            out.append(sign)
            self.at += 1
        self._note("cut end")
        return Cut()

    def _escape(self, out: list[str]) -> None:
        sign = self._text[self.at + 1]
        if sign == "u" and re.fullmatch("[0-9a-fA-F]{4}", self._text[self.at + 2 : self.at + 6]):
            out.append(chr(int(self._text[self.at + 2 : self.at + 6], 16)))
            self.at += 6
            return
        out.append(_ESCAPES.get(sign, sign))
        self.at += 2

    def _closes(self) -> bool:
        """Whether what stands behind a quotation mark can follow a string."""
        rest = _SPACE.match(self._plain, self.at + 1)
        behind = rest.end() if rest else self.at + 1
        line_ends = rest is not None and "\n" in rest[0]
        return behind >= len(self._plain) or line_ends or self._plain[behind] in ",:}]\"'/#"

    def _bare(self) -> str | bool | Cut | None:
        match = _BARE_END.search(self._text, self.at)
        if match is None:
            self.at = len(self._text)
            self._note("cut end")
            return Cut()
        end = match.start()
        word = self._text[self.at : end].strip().rstrip("\"'")
        self.at = max(end, self.at + 1)
        lowered = word.lower()
        if lowered in ("true", "false"):
            return lowered == "true"
        if lowered in ("null", "none"):
            return None
        if not re.fullmatch(r"-?\d+(?:\.\d+)?", word):
            self._note("words without quotation marks")
        return word

    def _comma(self, closing: str) -> None:
        self._take()
        if self._peek() in (",", closing):
            self._note("comma too many")

    def _between(self, closing: str) -> None:
        """What stands behind a member: a comma, the end, or, mended, nothing."""
        sign = self._peek()
        if sign and sign not in ",}]":
            self._note("comma missing")

    def _take(self) -> None:
        if self._text[self.at] != self._plain[self.at]:
            self._note("full-width signs")
        self.at += 1

    def _peek(self) -> str:
        """The next sign that is no blank and no comment, as JSON would have it; empty at the end."""
        while True:
            if match := _SPACE.match(self._plain, self.at):
                self.at = match.end()
            if match := _COMMENT.match(self._plain, self.at):
                self._note("comments")
                self.at = match.end()
                continue
            return self._plain[self.at] if self.at < len(self._plain) else ""

    def _note(self, what: str) -> None:
        self.mended[what] = None
