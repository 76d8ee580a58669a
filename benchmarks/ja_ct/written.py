"""How the sentence classes fall on reports that radiologists wrote: the sentences of RadNLP 2024 (Japanese).

    python benchmarks/ja_ct/written.py [--misfits FILE]

Nothing was trained or tuned on these. Their yes/no labels are about lung cancer staging, so only one way is a check:
what is `omittable` denies something or does not matter for staging, and should mostly be background or negative; what
has one of the other labels says something of the tumour, and should be positive or continuation.
`--misfits` writes where they are (report, sentence, class), to be read beside the data; no words.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

from radnlp_ja.cues import CLASSES
from radnlp_ja.training.reports import report_of

import radnlp

LABELS = ("omittable", "measure", "extension", "atelectasis", "satellite", "lymphadenopathy", "pleural", "distant")
QUIET = ("background", "negative")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--provider", default="linear")
    parser.add_argument("--misfits", type=Path)
    options = parser.parse_args()
    path = Path(os.environ["RADNLP_DATA"]) / "radnlp2024" / "sentences.ja.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    misfits: list[tuple[str, int, str, str]] = []
    for report_id, group in groupby(rows, key=lambda row: row["id"]):
        sentences = list(group)
        report = report_of(report_id, [row["text"] for row in sentences])
        said = radnlp.extract(report, schema="ja_ct", sentence_classes=options.provider).sentences
        for row, sentence in zip(sentences, said, strict=True):
            names = [name for name in LABELS if row[name] == "1"] or ["none of them"]
            label = str(sentence.label)
            for name in [*names, "all"]:
                counts[name][label] += 1
            if (label in QUIET) != ("omittable" in names) and names != ["none of them"]:
                misfits.append((report_id, sentence.index, label, "+".join(names)))
    print(f"| label | sentences | {' | '.join(CLASSES)} |")
    print("|---" * (len(CLASSES) + 2) + "|")
    for name in [*LABELS, "none of them", "all"]:
        total = sum(counts[name].values())
        if not total:
            continue
        cells = [f"{counts[name][label]} ({100 * counts[name][label] / total:.0f}%)" for label in CLASSES]
        print(f"| {name} | {total} | {' | '.join(cells)} |")
    print(f"\nmisfits: {len(misfits)}")
    if options.misfits:
        lines = ["report,sentence,class,labels", *(",".join(map(str, misfit)) for misfit in misfits)]
        options.misfits.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
