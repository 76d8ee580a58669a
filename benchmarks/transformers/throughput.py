"""Reports a second of the provider `bert` beside a bare forward pass of the same encoder.

    python benchmarks/transformers/throughput.py path/to/model --threads 2

The bare pass gets ready-made tensors of the same texts, all of one length, and does nothing with what comes out; the
provider cuts, pads, pools, joins with the mentions and looks for evidence. Both take turns, so that what else the
machine does hits both; the ratio of the medians is what counts. Texts are invented, about 128 tokens each.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch
from radnlp_transformers.encoders.machine import chosen_device, chosen_precision, limited, usable_threads
from radnlp_transformers.keys.classifier import KIND, BertKeyClassifier
from radnlp_transformers.keys.head import AttentionHead
from radnlp_transformers.keys.model import load
from radnlp_transformers.keys.scorer import Options, Scorer

from radnlp.api import Report, ReportView, Sentence
from radnlp.hooks import default_catalogue

SENTENCE = "There is a small nodule in the right upper lobe without interval change since the prior examination. "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a model folder that radnlp train keys made")
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--reports", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 32])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precisions", nargs="+", default=["float32"])
    options = parser.parse_args()
    print("| device | precision | batch | bare, reports/s | bert, reports/s | ratio |\n|---|---|---|---|---|---|")
    for precision in options.precisions:
        for batch in options.batches:
            bare, ours = measure(options, precision, batch)
            print(
                f"| {options.device} | {precision} | {batch} | {bare:.1f} | {ours:.1f} | {ours / bare:.3f} |",
                flush=True,
            )


def measure(options: argparse.Namespace, precision: str, batch: int) -> tuple[float, float]:
    """Reports a second, the bare pass and the provider."""
    device = chosen_device(options.device)
    stored = load(options.model, AttentionHead, kind=KIND)
    schema = default_catalogue().vocabulary(stored.card.schema)
    running = Options(batch_size=batch, threads=options.threads, precision=precision, device=options.device)
    classifier = BertKeyClassifier(schema, Scorer(stored, running), stored.card, "deny")
    encoder = stored.model.encoder.to(device, chosen_precision(precision, device))
    text = fitting(stored.tokenizer, options.tokens)
    views = [view(f"r{number}", text) for number in range(options.reports)]
    row = stored.tokenizer(text, return_tensors="pt").to(device)
    ids, mask = row["input_ids"].repeat(batch, 1), row["attention_mask"].repeat(batch, 1)

    def bare() -> None:
        with torch.inference_mode(), limited(usable_threads(options.threads)):
            for _ in range(options.reports // batch):
                encoder(input_ids=ids, attention_mask=mask)
        if device.type == "cuda":
            torch.cuda.synchronize()

    def ours() -> None:
        for at in range(0, options.reports, batch):
            classifier.classify(views[at : at + batch])

    bare(), ours()  # both warm
    times: dict[Callable[[], None], list[float]] = {bare: [], ours: []}
    for _ in range(options.rounds):
        for work, seconds in times.items():
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
    done = options.reports // batch * batch
    return done / statistics.median(times[bare]), options.reports / statistics.median(times[ours])


def fitting(tokenizer: object, tokens: int) -> str:
    """A text of about so many tokens."""
    text = SENTENCE
    while len(tokenizer(text)["input_ids"]) < tokens:  # type: ignore[operator]
        text += SENTENCE
    while len(tokenizer(text)["input_ids"]) > tokens:  # type: ignore[operator]
        text = text[:-1]
    return text


def view(name: str, text: str) -> ReportView:
    """A report as the classifier gets it, without mentions: every key it finds needs evidence from attention."""
    sentence = Sentence(index=0, start=0, end=len(text))
    return ReportView(report=Report(id=name, text=text), sections=(), sentences=(sentence,), mentions=())


if __name__ == "__main__":
    main()
