"""The JSON in an answer. What a form would have written is read, and what models write without one."""

from __future__ import annotations

import json
import re
from typing import Any

from radnlp_llama.synthesis.rejection import RejectionError

#: A comma before a closing bracket; whole texts are matched first, so that one inside a text is left alone.
_TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[\]}])', re.DOTALL)


def pairs_in(answer: str) -> list[tuple[str, Any]]:
    r"""The fields of the one JSON object in an answer, doubled ones too, in their order.

    Passed over: words and code fences around it, commas before a closing bracket.

    Raises:
        RejectionError: ``unreadable``: no object, a broken one, or several that differ.

    >>> pairs_in('Sure!\n```json\n{"1": "negative", "2": "positive",}\n```')
    [('1', 'negative'), ('2', 'positive')]
    """
    found = _objects(_TRAILING.sub(lambda match: match[1] or match[2], answer))
    if not found:
        raise RejectionError("unreadable", f"{len(answer)} characters without a whole JSON object")
    if any(other != found[0] for other in found[1:]):
        raise RejectionError("unreadable", f"{len(found)} JSON objects that differ")
    return found[0]


def _objects(text: str) -> list[list[tuple[str, Any]]]:
    decoder = json.JSONDecoder(object_pairs_hook=_Pairs)
    found = []
    start = text.find("{")
    while start >= 0:
        try:
            content, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            # A broken object ends the search: its inner ones are not what was asked for.
            raise RejectionError("unreadable", f"the JSON breaks off or is broken behind character {start}") from None
        found.append(list(content))
        start = text.find("{", end)
    return found


class _Pairs(list[tuple[str, Any]]):
    """An object as it was written: ``dict`` would keep the last of doubled fields and say nothing."""
