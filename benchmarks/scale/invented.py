"""Invented reports, as many as are wanted; the same for the same number."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def invented(reports: int) -> Iterator[str]:
    """JSON lines of reports whose sentences are drawn from the sample reports."""
    lines = [line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text("utf-8").splitlines() if line]
    for number in range(reports):
        draw = random.Random(number)
        text = "\n".join(draw.choices(lines, k=draw.randint(3, 25)))
        yield json.dumps({"id": f"r{number:07}", "text": text, "patient_id": f"p{number // 7}"}, ensure_ascii=False)
