"""Why an answer is not taken: a name that can be counted, and a sentence for a person."""

from __future__ import annotations

from collections.abc import Mapping

#: Reason -> what it means.
REASONS: Mapping[str, str] = {
    "no_answer": "the model gave none: question and answer do not fit its context, or it failed",
    "unfinished": "the answer was cut before its end",
    "unreadable": "the answer is not the JSON that was asked for",
    "empty": "there is no sentence in it, or an empty one",
    "copied": "a sentence repeats the request",
    "wrong_language": "the text is not in the language that was asked for",
    "too_few_sentences": "fewer sentences than the recipe allows",
    "too_many_sentences": "more sentences than the recipe allows",
    "too_short": "a sentence or the whole text is shorter than the recipe allows",
    "too_long": "a sentence or the whole text is longer than the recipe allows",
    "cut_sentence": "a sentence does not end as sentences of the recipe do",
    "blank": "a name or number was left to be filled in",
    "repeated_sentence": "a sentence is there twice",
    "duplicate": "the same text as an earlier report",
    "near_duplicate": "most of its sentences are those of an earlier report",
    "label_missing": "a sentence or key has no label",
    "label_unknown": "a label that the schema does not have",
    "label_extra": "a label for a sentence or key that there is not",
    "label_doubled": "two different labels for one sentence or key",
    "nothing_to_continue": "the first sentence has a class that needs one before it",
}


class RejectionError(Exception):
    """An answer that is not taken.

    Attributes:
        reason: One of ``REASONS``.
        detail: Where, by numbers; never words of the report.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail or REASONS[reason]}")
        self.reason = reason
        self.detail = detail
