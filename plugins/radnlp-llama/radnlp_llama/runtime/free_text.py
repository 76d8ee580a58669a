"""Which tokens may stand in a few free words: no quotation mark, backslash or control character, and whole UTF-8.

A byte-level vocabulary has tokens that end in the middle of a character. They are allowed where the rest of the
character can still follow (and must), so that what is written can always be decoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Where a text may stand between two bytes: continuation bytes to come, and the range of the next one (RFC 3629,
#: section 4; after C2 without the control characters U+0080 to U+009F).
_OPEN = (
    (0, 0x00, 0x00),
    (1, 0x80, 0xBF),
    (2, 0x80, 0xBF),
    (3, 0x80, 0xBF),
    (2, 0xA0, 0xBF),
    (2, 0x80, 0x9F),
    (3, 0x90, 0xBF),
    (3, 0x80, 0x8F),
    (1, 0xA0, 0xBF),
)
_LEADS = {0xC2: 8, 0xE0: 4, 0xED: 5, 0xF0: 6, 0xF4: 7}
_LEADS |= dict.fromkeys(range(0xC3, 0xE0), 1)
_LEADS |= dict.fromkeys((*range(0xE1, 0xED), 0xEE, 0xEF), 2)
_LEADS |= dict.fromkeys(range(0xF1, 0xF4), 3)
_NEVER = frozenset(b'"\\\x7f') | frozenset(range(0x20))
_BROKEN = -1


def after(state: int, piece: bytes, *, never: frozenset[int] = _NEVER) -> int:
    r"""Where a text stands behind some bytes; -1 when they may not come.

    Args:
        state: 0 between two characters, else an index of the table above.
        piece: The bytes.
        never: Bytes that no text may hold.

    >>> after(0, "é".encode()), after(0, b"\xc3"), after(1, b"\xa9"), after(0, b'"')
    (0, 1, 0, -1)
    """
    for byte in piece:
        pending, low, high = _OPEN[state]
        if pending:
            state = pending - 1 if low <= byte <= high else _BROKEN
        elif byte < 0x80:
            state = _BROKEN if byte in never else 0
        else:
            state = _LEADS.get(byte, _BROKEN)
        if state == _BROKEN:
            break
    return state


@dataclass(frozen=True, slots=True)
class _Allowed:
    """Tokens that may come in one state: their numbers, ascending, the states behind them, bytes then pending."""

    tokens: NDArray[np.int32]
    states: dict[int, int]
    pending: NDArray[np.int8]


class FreeTokens:
    """The tokens of a vocabulary that may stand in free words.

    Args:
        pieces: The bytes of each token; empty for tokens that write nothing.
        end: The one ASCII character that ends the words.

    Raises:
        ValueError: ``end`` is something else.
    """

    def __init__(self, pieces: Sequence[bytes], end: str) -> None:
        if len(end) != 1 or not end.isascii():
            raise ValueError(f"free text must end with one ASCII character, not {end!r}")
        self._pieces = pieces
        self._never = _NEVER | frozenset(end.encode())
        single = {piece[0] for piece in pieces if len(piece) == 1}
        self._whole_only = not set(range(0x80, 0xC0)) <= single  # a character begun could then not be ended
        self._by_state = [self._collect(state) for state in range(len(_OPEN))]
        self._cut: dict[tuple[int, int], NDArray[np.int32]] = {}

    def _collect(self, state: int) -> _Allowed:
        states: dict[int, int] = {}
        if not (state and self._whole_only):
            for token, piece in enumerate(self._pieces):
                # Inside a character only the few tokens that go on with it need the long way.
                if piece and (not state or 0x80 <= piece[0] <= 0xBF):
                    then = after(state, piece, never=self._never)
                    if then == 0 or (then > 0 and not self._whole_only):
                        states[token] = then
        tokens = np.fromiter(states, dtype=np.int32, count=len(states))
        pending = np.array([_OPEN[then][0] for then in states.values()], dtype=np.int8)
        return _Allowed(tokens, states, pending)

    def allowed(self, state: int, left: int) -> NDArray[np.int32]:
        """Tokens that may come, ascending, when at most ``left`` more may: none that leaves a character open."""
        key = (state, min(left, 4))
        if key not in self._cut:
            row = self._by_state[state]
            self._cut[key] = row.tokens[row.pending <= key[1] - 1]
        return self._cut[key]

    def state_after(self, state: int, token: int) -> int:
        """Where the text stands behind an allowed token."""
        return self._by_state[state].states[token]

    def bytes_of(self, token: int) -> bytes:
        """What the token writes."""
        return self._pieces[token]
