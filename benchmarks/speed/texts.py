"""Invented chest CT reports of a wanted length, put together anew for every round from sentences of this repository.

Only English sentences, since the other tools read no Korean; only odd-numbered gold reports, the development half.
"""

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
SAMPLES = ("01_narrative", "02_narrative", "03_numbered", "04_numbered", "07_structured", "08_structured")
_SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-Z0-9])")
_NUMBERING = re.compile(r"^\s*(\d+[.)]|-)\s+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
#: What a sentence is varied in, so that two reports rarely share one word for word.
_PAIRS = (("left", "right"), ("upper", "lower"), ("Left", "Right"), ("anterior", "posterior"), ("medial", "lateral"))
_SWAPS = tuple((re.compile(rf"\b({one}|{other})\b"), {one: other, other: one}) for one, other in _PAIRS)
_PLACE = re.compile(r"lung|lob|lingula|side|ap[ie]c|bas[ae]|left|right|segment|^[A-Z ]+:", re.IGNORECASE)
_LESION = re.compile(r"nodule|opacit|consolidation|atelectasis|mass|bronchiectasis|wall thickening", re.IGNORECASE)
_PLACES = ("in the right upper lobe", "in the left lower lobe", "in both lungs", "in the lingula", "in the middle lobe")


@cache
def sentences() -> tuple[str, ...]:
    """The sentences that reports are made of, in the order of their files."""
    texts = [(BENCHMARKS / "samples" / f"{name}.txt").read_text("utf-8") for name in SAMPLES]
    for line in (BENCHMARKS / "gold" / "chest_ct" / "reports.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if int(row["id"].removeprefix("ct")) % 2 == 1 and row["style"] != "korean":
            texts.append(row["text"])
    pieces = [
        _NUMBERING.sub("", piece).strip()
        for text in texts
        for line in text.splitlines()
        for piece in _SENTENCE_END.split(line)
    ]
    whole = (piece for piece in pieces if len(piece) >= 25 and piece[-1] in ".;" and piece.isascii())
    return tuple(dict.fromkeys(piece.rstrip(";.") + "." for piece in whole))


def reports(count: int, *, tokens: int, seed: int, marked: bool = False) -> list[str]:
    """Distinct reports of about so many tokens (words and punctuation marks); the same seed gives the same reports.

    Sentences come again in other reports, as they do in an archive. ``marked``: each bears a number of its own, so that
    none comes twice, in any round.
    """
    rng = random.Random(f"{seed}-{tokens}")
    made: dict[str, None] = {}
    while len(made) < count:
        made.setdefault(_report(rng, tokens, marked=marked))
    return list(made)


def long_text(size: int, *, seed: int) -> str:
    """Marked reports one after the other, cut to ``size`` characters, which are bytes here, since all is ASCII."""
    rng = random.Random(f"{seed}-long")
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(_report(rng, min(600, max(40, size // 5)), marked=True))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts)[:size]


def _report(rng: random.Random, tokens: int, *, marked: bool) -> str:
    body: list[str] = []
    missing = tokens * 29 // 30 - 4  # the two headings, and what a tokenizer cuts finer
    for varied in _varied(rng):
        sentence = f"{varied[:-1]} (image {rng.randrange(10**9)})." if marked else varied
        body.append(sentence)
        missing -= len(_TOKEN.findall(sentence))
        if missing < 8:
            break
    split = max(1, len(body) - 1 - len(body) // 6)
    if rng.random() < 0.5:
        findings = " ".join(body[:split])
    else:
        findings = "\n".join(f"{number}. {sentence}" for number, sentence in enumerate(body[:split], 1))
    return f"FINDINGS:\n{findings}\nIMPRESSION:\n" + " ".join(body[split:])


def _varied(rng: random.Random) -> Iterator[str]:
    """Sentences in random order without end, each with other numbers, sides and now and then another place."""
    while True:
        for sentence in rng.sample(sentences(), len(sentences())):
            varied = re.sub(r"\d+", lambda found: str(max(1, int(found[0]) + rng.randint(-3, 9))), sentence)
            for words, swapped in _SWAPS:
                if rng.random() < 0.5:
                    varied = "".join(swapped.get(part, part) for part in words.split(varied))
            if rng.random() < 0.5 and _LESION.search(varied) and not _PLACE.search(varied):
                varied = f"{varied[:-1]} {rng.choice(_PLACES)}."
            yield varied
