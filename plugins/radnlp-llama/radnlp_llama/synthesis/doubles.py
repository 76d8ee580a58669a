"""Reports that are there already: one of two doubles in another split would make a test worthless."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from radnlp_llama.synthesis.rejection import RejectionError
from radnlp_llama.synthesis.validation import folded


class Doubles:
    """The sentences of the reports taken so far.

    Args:
        share: In (0, 1]: of a report's sentences that one earlier report has as well, from which it is its double.
    """

    def __init__(self, *, share: float) -> None:
        self._share = share
        self._ids: list[str] = []
        self._texts: dict[str, str] = {}
        self._having: defaultdict[str, list[int]] = defaultdict(list)

    def take(self, report_id: str, sentences: Sequence[str]) -> None:
        """Remember a report.

        Raises:
            RejectionError: ``duplicate`` or ``near_duplicate``; then it is not remembered. Names the earlier report.
        """
        marks = [folded(sentence) for sentence in sentences]
        text = "".join(marks)
        if text in self._texts:
            raise RejectionError("duplicate", f"of {self._texts[text]}")
        shared = Counter(earlier for mark in set(marks) for earlier in self._having.get(mark, ()))
        if shared:
            number, earlier = max((number, -earlier) for earlier, number in shared.items())
            if number >= self._share * len(set(marks)):
                detail = f"{number} of {len(set(marks))} sentences are those of {self._ids[-earlier]}"
                raise RejectionError("near_duplicate", detail)
        for mark in set(marks):
            self._having[mark].append(len(self._ids))
        self._texts[text] = report_id
        self._ids.append(report_id)
