"""From unlabelled reports to findings: the first stage of Shin et al. on the Indiana chest X-ray reports.

    python benchmarks/transformers/indiana.py --work /tmp/indiana --encoder path/to/a/pretrained/encoder

Learned from: development reports whose uid leaves 2, 3 or 4 when divided by 5. The one system that is held against
`rules` is chosen on those that leave 1 (choose.py). Tested on: the untouched fifth, against MeSH presence, aggregates
only. Models: an encoder from scratch (tokenizer and masked language model on the same reports) and, with --encoder, a
pre-trained one; each fine-tuned on three kinds of labels: ``keyword`` (the paper's weak labels), ``status`` (weak
labels that heed statuses) and ``mesh`` (the codes of the development reports). Every finished step is kept in the work
folder and not done again. No model trained on these reports may be published (licence of the collection).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reports import SCHEMA, silent_keys, write_mesh_labels, write_reports

from radnlp.cli.main import main as radnlp

LABELS = ("keyword", "status", "mesh")
POLICIES = ("alone", "union", "intersection", "deny")
EXPERIMENT = """\
title = "Indiana chest X-ray, untouched fifth: rules and learned entity keys"
metrics = ["keys"]
draws = {draws}
seed = 2025

[data]
path = "$RADNLP_DATA/indiana/dev.csv"
reader = "indiana"
schema = "chest_xray"

[data.options]
split = "untouched"

[data.splits.untouched]
aggregates_only = true

[[systems]]
name = "rules"
"""
SYSTEM = """
[[systems]]
name = "{name}, {labels}, {policy}"
keys = "bert"
[systems.settings.keys]
model_path = "{model}"
policy = "{policy}"
"""


def main() -> None:
    options = arguments()
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    reports = work / "reports.jsonl"
    print(f"{write_reports(reports, limit=options.limit)} development reports", file=sys.stderr)
    for policy in ("keyword", "status"):
        step(work / f"{policy}.jsonl", "labels", reports, "--schema", SCHEMA, "--policy", policy)
    write_mesh_labels(work / "mesh.jsonl", limit=options.limit)
    common = ("--threads", options.threads, "--device", options.device, "--seed", options.seed)
    common += ("--bfloat16",) if options.bfloat16 else ()
    window = ("--max-length", options.max_length)
    step(work / "tokenizer", "tokenizer", reports, "--size", options.vocabulary, "--lowercase", *window)
    start = ("--tokenizer", work / "tokenizer", "--size", options.size, "--epochs", options.pretraining_epochs)
    step(work / "scratch", "pretrain", reports, *start, *window, *common)
    encoders = {"scratch": (work / "scratch", options.scratch_rate, options.scratch_epochs)}
    if options.encoder:
        encoders["pretrained"] = (options.encoder, options.rate, options.epochs)
    systems = ""
    for name, (encoder, rate, epochs) in encoders.items():
        for labels in options.labels:
            rows, model = work / f"{labels}.jsonl", work / f"{name}-{labels}"
            learning = ("--schema", SCHEMA, "--encoder", encoder, "--epochs", epochs, "--learning-rate", rate)
            left_out = ("--leave-out", ",".join(silent_keys(rows)))
            step(model, "keys", rows, *learning, *left_out, *window, *common)
            for policy in POLICIES:
                systems += SYSTEM.format(name=name, labels=labels, policy=policy, model=model.resolve())
    (work / "experiment.toml").write_text(EXPERIMENT.format(draws=options.draws) + systems, "utf-8")
    print(f"next: choose.py --work {work}; then: radnlp bench {work / 'experiment.toml'}", file=sys.stderr)


def step(output: Path, part: str, source: Path, *more: object) -> None:
    """One part of radnlp train, unless its output is there; what was interrupted goes on."""
    if output.exists():
        return
    resume = ("--resume",) if part in ("pretrain", "keys") else ()
    print(f"radnlp train {part} -> {output.name}", file=sys.stderr)
    status = radnlp(["train", part, str(source), *map(str, more), *resume, "-o", str(output)])
    if status:
        raise SystemExit(status)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for labels, models and results")
    parser.add_argument("--encoder", type=Path, help="a pre-trained encoder (Hugging Face folder)")
    parser.add_argument("--labels", nargs="+", choices=LABELS, default=list(LABELS))
    parser.add_argument("--size", default="mini", help="of the encoder from scratch")
    parser.add_argument("--vocabulary", type=int, default=6000)
    parser.add_argument("--max-length", type=int, default=256)
    parser.add_argument("--pretraining-epochs", type=int, default=30)
    parser.add_argument("--scratch-epochs", type=int, default=10, help="of fine-tuning the encoder from scratch")
    parser.add_argument("--epochs", type=int, default=5, help="of fine-tuning the pre-trained one")
    parser.add_argument("--scratch-rate", type=float, default=3e-4)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--bfloat16", action="store_true", help="compute in bfloat16 (hardware that has it)")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--limit", type=int, help="only so many reports, for a trial")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
