"""Whether a text is in the language that was asked for, told by its scripts and by a few small words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from radnlp_llama.synthesis.recipe import LanguageMarks

#: Script -> its letters.
SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
    "hiragana": re.compile(r"[\u3041-\u309f]"),
    "katakana": re.compile(r"[\u30a0-\u30ff\uff66-\uff9f]"),
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々]"),
    "hangul": re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
}


def in_language(text: str, marks: LanguageMarks) -> bool:
    """Whether enough of the letters are of the language's scripts, and one of its small words is there.

    Related languages in one script (English, German) are told apart by the words alone.

    >>> japanese = LanguageMarks(scripts=("hiragana", "katakana", "han"), share=0.5, words=("を", "は"))
    >>> in_language("右肺に結節を認めます。", japanese), in_language("右肺可见结节。", japanese)
    (True, False)
    """
    letters = sum(character.isalpha() for character in text)
    ours = sum(len(SCRIPTS[script].findall(text)) for script in marks.scripts)
    folded = text.casefold()
    return letters > 0 and ours / letters >= marks.share and any(word in folded for word in marks.words)
