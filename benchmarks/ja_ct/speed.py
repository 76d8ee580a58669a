"""Sentences a second on one core: `linear` beside a 12-layer BERT-base of random weights on the same machine.

    python benchmarks/ja_ct/speed.py                          # linear, rules
    python benchmarks/ja_ct/speed.py --bert                   # BERT as well: needs torch and transformers

Linear and rules get reports whose sentences and mentions are known and answer with labels; the reading before that is
told apart. BERT gets the same sentences already as token ids, one token a character (as character-based Japanese
models cut them), sorted by length, in batches of 16, and does nothing but its forward pass: the ratio is kind to BERT.
Every rate is the best of three rounds. For BERT an environment of its own is best:

    python -m venv bertenv && bertenv/bin/pip install -e . -e plugins/radnlp-ja torch transformers
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from radnlp_ja.cues import shipped_cues  # noqa: E402
from radnlp_ja.linear.classifier import SHIPPED, LinearClassifier  # noqa: E402
from radnlp_ja.linear.weights import load  # noqa: E402
from radnlp_ja.rules import RuleSentenceClassifier  # noqa: E402
from radnlp_ja.training.reports import read, view_of  # noqa: E402

import radnlp  # noqa: E402

ROUNDS, BATCH = 3, 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bert", action="store_true")
    parser.add_argument("--bert-sentences", type=int, default=320, help="how many BERT is timed on (default: 320)")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    reports = [report for report, _ in read(Path(os.environ["RADNLP_DATA"]) / "kikuchi" / "train.jsonl")]
    views = [view_of(report) for report in reports]
    count = sum(len(view.sentences) for view in views)
    linear = LinearClassifier(load(SHIPPED), shipped_cues())
    rates = {
        "rules": count / best(lambda: RuleSentenceClassifier(shipped_cues()).label(views)),
        "linear": count / best(lambda: linear.label(views)),
        "whole pipeline with linear": count / best(lambda: [radnlp.extract(r, schema="ja_ct") for r in reports]),
    }
    if options.bert:
        sentences = [view.report.text[s.start : s.end] for view in views for s in view.sentences]
        step = max(1, len(sentences) // options.bert_sentences)
        rates["BERT-base, random weights"] = bert(sentences[::step])
    print("| labeller | sentences/s on one core | linear is faster by |\n|---|---|---|")
    for name, rate in rates.items():
        print(f"| {name} | {rate:,.0f} | {rates['linear'] / rate:,.1f} x |")


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def bert(sentences: list[str]) -> float:
    """Sentences a second of a 12-layer, 768-wide BERT with 4 labels."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = BertForSequenceClassification(BertConfig(vocab_size=7000, num_labels=4)).eval()
    lengths = sorted(min(len(sentence), 510) + 2 for sentence in sentences)
    batches = []
    for at in range(0, len(lengths), BATCH):
        part = lengths[at : at + BATCH]
        ids = torch.randint(5, 7000, (len(part), max(part)))
        mask = torch.arange(max(part))[None, :] < torch.tensor(part)[:, None]
        batches.append((ids, mask.long()))

    def forward() -> None:
        with torch.inference_mode():
            for ids, mask in batches:
                model(input_ids=ids, attention_mask=mask).logits.argmax(dim=1)

    return len(sentences) / best(forward)


if __name__ == "__main__":
    main()
