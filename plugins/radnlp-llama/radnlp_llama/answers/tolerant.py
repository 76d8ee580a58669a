"""JSON as models write it when nothing holds them: read as far as it goes, with a note of everything that was mended.

Code fences, words around, several objects, trailing or missing commas, single or typographic quotation marks,
full-width punctuation, bare words, comments, missing brackets and a cut end. Doubled names are kept: the reader
decides.
"""

from __future__ import annotations

import re

from radnlp_llama.answers.nodes import Array, Object
from radnlp_llama.answers.parser import DepthError, Parser

#: Signs that stand for others outside of strings.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("｛", "{"),
        **dict.fromkeys("｝", "}"),
        **dict.fromkeys("［【〔", "["),
        **dict.fromkeys("］】〕", "]"),
        **dict.fromkeys("：﹕", ":"),
        **dict.fromkeys("，、﹐；;", ","),
        **dict.fromkeys("“”„‟＂″「」『』", '"'),
        **dict.fromkeys("‘’‚＇′`", "'"),
    }
)
_FENCE = re.compile(r"```|~~~")
_FENCE_OPENED = re.compile(r"(?:```|~~~)[A-Za-z]*")
#: What begins an answer: a brace, or a bracket with something like JSON behind it.
_OPENING = re.compile(r"\{|\[(?=\s*[{\"'])")
#: What a model that thinks first writes before its answer; drafts of it stand before that.
_THOUGHT = "</think>"
#: Longer than any answer; behind it nothing is read.
_LONGEST = 200_000


def values(text: str) -> tuple[list[Object | Array], list[str]]:
    """Every object and array that stands in a text by itself, in order, and what was mended to read them.

    >>> found, mended = values('Sure! {"mass": "present",}')
    >>> found[0].pairs, mended
    ([('mass', 'present')], ['words around', 'comma too many'])
    """
    mended: dict[str, None] = {}
    found: list[Object | Array] = []
    if len(text) > _LONGEST:
        mended["end beyond all bounds"] = None
        text = text[:_LONGEST]
    plain = text.translate(_SIGNS)
    at = plain.rfind(_THOUGHT) + len(_THOUGHT) if _THOUGHT in plain else 0
    around = text[:at]
    while opening := _OPENING.search(plain, at):
        start = opening.start()
        around += text[at:start]
        parser = Parser(text, plain, start)
        try:
            node = parser.value(0)
        except DepthError:
            mended["brackets too deep"] = None
            break
        mended.update(parser.mended)
        if isinstance(node, (Object, Array)):
            found.append(node)
        at = parser.at
    around += text[at:] if found else ""
    if found and _FENCE.search(around):
        mended = {"code fence": None, **mended}
        around = _FENCE_OPENED.sub("", around)
    if found and around.strip():
        mended = {"words around": None, **mended}
    return found, list(mended)
