r"""Answers that were given elsewhere: which questions are open, as JSON lines, and the answers to them, read back.

{"id": "ja_ct-1-000000/report", "request": "9f2c...", "prompt": "...", "most_tokens": 5000}
{"request": "9f2c...", "answer": "{\"sentences\": [...]}", "model": "some-model"}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from radnlp.api import ConfigError, GenerationRequest, ReportError
from radnlp_llama.synthesis.questions import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a request.

    Attributes:
        request: Digest of the request.
        model: Name of what wrote it.
        fault: Why there is none, else None.
        finished: Whether it came to its end.
    """

    request: str
    text: str
    model: str
    fault: str | None = None
    finished: bool = True


def request_line(request: GenerationRequest) -> str:
    """A question for another model: one line of JSON, with its line end."""
    content = {
        "id": request.id,
        "request": digest_of(request),
        "prompt": request.prefix + request.rest,
        "most_tokens": request.most,
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def read_answers(paths: Sequence[Path]) -> dict[str, Answer]:
    """Digest of a request -> its answer.

    Args:
        paths: Files of JSON lines with ``request``, ``answer`` and, if you like, ``model`` (else the file's name), or
            folders of such files (``*.jsonl``).

    Raises:
        ConfigError: There is no such file, or no file in a folder.
        ReportError: A line that is none, or a second, different answer to a request; names file and line.
    """
    answers: dict[str, Answer] = {}
    places: dict[str, str] = {}
    for path in _files(paths):
        for place, line in _lines(path):
            answer = _answer(place, line, path)
            earlier = answers.setdefault(answer.request, answer)
            if earlier.text != answer.text:
                raise ReportError(
                    f"{place}: another answer to the request that {places[answer.request]} answers; keep one of them"
                )
            places.setdefault(answer.request, place)
    return answers


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("*.jsonl"))
            if not found:
                raise ConfigError(f"{path}: there is no .jsonl file in it")
            yield from found
        else:
            yield path


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    try:
        # splitlines() would cut at U+2028 as well, which JSON may hold.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({type(error).__name__})") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{path}:{number}", line


def _answer(place: str, line: str, path: Path) -> Answer:
    try:
        row = json.loads(line)
        request, text, model = row["request"], row["answer"], row.get("model", path.name)
        if not all(isinstance(word, str) for word in (request, text, model)):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReportError(
            f'{place}: no answer ({type(error).__name__}); a line is {{"request": ..., "answer": ..., "model": ...}} '
            "with the digest of the request and the text that came back"
        ) from None
    return Answer(request=request, text=text, model=model)
