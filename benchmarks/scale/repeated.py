"""The Indiana development reports again and again: other ids, sentences in another order."""

import csv
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

_SENTENCE = re.compile(r"(?<=[.;:?!])\s+")


def repeated(data: Path, reports: int) -> Iterator[bytes]:
    """JSON lines, the same for the same number; rows whose uid is divisible by 5 (untouched test data) are left out."""
    with (data / "indiana" / "dev.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if int(row["uid"]) % 5]
    texts = [[_SENTENCE.split(row[field]) for field in ("findings", "impression") if row[field]] for row in rows]
    for number in range(reports):
        draw = random.Random(number)
        sections = [draw.sample(sentences, len(sentences)) for sentences in texts[number % len(texts)]]
        text = "\n\n".join(" ".join(sentences) for sentences in sections)
        yield json.dumps({"id": f"m{number:07}", "text": text}).encode() + b"\n"
