"""From a model's answer to the sentences of a report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from radnlp_llama.synthesis.json_answer import pairs_in
from radnlp_llama.synthesis.recipe import Recipe
from radnlp_llama.synthesis.rejection import RejectionError

FIELD = "sentences"


def read_report(answer: str, recipe: Recipe) -> tuple[str, ...]:
    """The sentences of a report, white space made single and cut off at both ends.

    Where the recipe says so, a line that holds several sentences becomes several.

    Raises:
        RejectionError: ``unreadable``: not the JSON asked for, or characters that no text has; ``empty``: no sentence,
            or one without a word.
    """
    fields = pairs_in(answer)
    if [name for name, _ in fields] != [FIELD]:
        raise RejectionError("unreadable", f"the JSON must have the one field {FIELD!r}")
    lines = fields[0][1]
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise RejectionError("unreadable", f"{FIELD!r} must be a list of texts")
    sentences = [sentence for line in lines for sentence in _split(" ".join(line.split()), recipe)]
    if not sentences:
        raise RejectionError("empty", "no sentence")
    for number, sentence in enumerate(sentences, start=1):
        if not any(character.isalnum() for character in sentence):
            raise RejectionError("empty", f"sentence {number} holds no word")
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in sentence):
            raise RejectionError("unreadable", f"sentence {number} holds a control character or half of one")
    return tuple(sentences)


def _split(line: str, recipe: Recipe) -> Sequence[str]:
    if not recipe.split or not recipe.ends:
        return [line]
    ends = "|".join(map(re.escape, recipe.ends))
    return [part.strip() for part in re.findall(rf".*?(?:{ends})+|.+$", line)] or [line]
