"""Cross-validation by report of the sentence classifiers `bert` and `causal` on the reports of Kikuchi et al.

    python benchmarks/transformers/sentences.py --encoder path/to/encoder --work /tmp/sentences
    python benchmarks/transformers/sentences.py --provider causal --work /tmp/causal --warmup 5

The folds are those of benchmarks/ja_ct/crossvalidate.py, whose table has the rows of `rules` and `linear`. Without
--encoder one is made from scratch, from the sentences of the reports without their labels (the held-out fold's are
among them, as they may be where nothing is labelled): for `bert` tokenizer and masked language model, for `causal` see
causal_base.py. A report whose answer cannot be parsed counts as wrong in all its sentences.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ja_ct"))
from causal_base import make_base
from crossvalidate import SEED, row
from radnlp_ja.training.reports import read, view_of

from radnlp.api import AnswerError
from radnlp.cli.main import main as radnlp
from radnlp.evaluation.metrics.sentences import LABELS
from radnlp.hooks import default_catalogue


def main() -> None:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    labelled = list(read(Path(os.environ["RADNLP_DATA"]) / "kikuchi" / "train.jsonl"))[: options.limit]
    views = [view_of(report) for report, _ in labelled]
    texts = [[view.report.text[s.start : s.end] for s in view.sentences] for view in views]
    causal = options.provider == "causal"
    provider = default_catalogue().sentence_classifier(options.provider).item
    schema = default_catalogue().vocabulary("ja_ct")
    if options.encoder:
        encoder = options.encoder
    elif causal:
        epochs = options.pretraining_epochs
        encoder = make_base(options.work / "base", views, schema, epochs=epochs, bfloat16=options.bfloat16)
    else:
        encoder = from_scratch(options, texts)
    part, start = (
        ("causal", ("--model", encoder, "--warmup", options.warmup))
        if causal
        else ("sentences", ("--encoder", encoder))
    )
    fold = np.empty(len(views), dtype=np.int64)
    fold[np.random.RandomState(SEED).permutation(len(views))] = np.arange(len(views)) % options.folds
    predicted: list[tuple[int | None, ...]] = [()] * len(views)
    failures = 0
    for number in range(options.folds):
        seen = options.work / f"fold{number}.jsonl"
        rows = [
            {"id": str(at), "sentences": texts[at], "labels": [LABELS[label] for label in labelled[at][1]]}
            for at in np.flatnonzero(fold != number)
        ]
        seen.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
        model = options.work / f"model{number}"
        step(options, model, part, seen, "--schema", "ja_ct", *start, *learning(options))
        settings = {**provider.settings, "model_path": str(model), "threads": options.threads}
        held_out = np.flatnonzero(fold == number)
        classifier = provider.factory(schema, None, settings)  # type: ignore[arg-type]
        for at in held_out:
            try:
                (labels,) = classifier.label([views[at]])
            except AnswerError:
                failures += 1
                predicted[at] = (None,) * len(views[at].sentences)
                continue
            predicted[at] = tuple(None if label.label is None else LABELS.index(label.label) for label in labels)
    print(f"{failures} of {len(views)} reports not parsed", file=sys.stderr)
    print("| system | accuracy | macro F1 | " + " | ".join(LABELS) + " |\n" + "|---" * (len(LABELS) + 3) + "|")
    print(row(f"{options.provider} ({Path(encoder).name})", views, [labels for _, labels in labelled], predicted))


def from_scratch(options: argparse.Namespace, texts: list[list[str]]) -> Path:
    """Tokenizer and masked language model on the unlabelled sentences."""
    reports = options.work / "reports.jsonl"
    reports.write_text("".join(json.dumps({"sentences": row}) + "\n" for row in texts), "utf-8")
    window = ("--max-length", options.max_length or 512)
    step(options, options.work / "tokenizer", "tokenizer", reports, "--size", 4000, *window)
    start = ("--tokenizer", options.work / "tokenizer", "--size", options.size, "--epochs", options.pretraining_epochs)
    step(options, options.work / "encoder", "pretrain", reports, *start, *window, *machine(options))
    return Path(options.work / "encoder")


def learning(options: argparse.Namespace) -> tuple[object, ...]:
    longest = ("--max-length", options.max_length) if options.max_length else ()
    rate = ("--epochs", options.epochs, "--learning-rate", options.rate, *longest)
    return (*rate, *machine(options))


def machine(options: argparse.Namespace) -> tuple[object, ...]:
    return ("--device", options.device, "--threads", options.threads, *(["--bfloat16"] if options.bfloat16 else []))


def step(options: argparse.Namespace, output: Path, part: str, source: Path, *more: object) -> None:
    """One part of radnlp train, unless its output is there."""
    if not output.exists() and (status := radnlp(["train", part, str(source), *map(str, more), "-o", str(output)])):
        raise SystemExit(status)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--provider", choices=["bert", "causal"], default="bert")
    parser.add_argument("--encoder", type=Path, help="a pre-trained encoder or causal model; none: made from scratch")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=2e-5)
    parser.add_argument("--max-length", type=int, help="tokens of a window")
    parser.add_argument("--warmup", type=int, default=100, help="steps of rising rate (causal)")
    parser.add_argument("--size", default="mini", help="of the encoder from scratch")
    parser.add_argument("--pretraining-epochs", type=int, default=30)
    parser.add_argument("--limit", type=int, help="only so many reports, for a trial")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--bfloat16", action="store_true", help="compute in bfloat16 (hardware that has it)")
    parser.add_argument("--threads", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
