"""``radnlp llama synthesize``: reports with labels, written and labelled by a model."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from radnlp.api import CommandHost, ConfigError, GenerationRequest
from radnlp_llama.synthesis.asking import Batches, Desk, Writer
from radnlp_llama.synthesis.cases import draw
from radnlp_llama.synthesis.labels import labelling
from radnlp_llama.synthesis.output import REQUESTS, write_outcome, write_requests
from radnlp_llama.synthesis.parts import Parts
from radnlp_llama.synthesis.recipe import Recipe
from radnlp_llama.synthesis.recipe_file import check_split_names, read_recipe, recipe_names
from radnlp_llama.synthesis.recorded import read_answers
from radnlp_llama.synthesis.run import synthesize

_HELP = """\
Make reports with labels that belong to nobody, after Kikuchi et al. (J Med Internet Res 2026;28:e86365): attributes
(experience, style, site, reason, certainty, ...) are combined at random, a model writes a report for each, labels it,
and what is no report, or has no whole labels, is put aside with its reason.

A model here: --model FILE.gguf. A model elsewhere: --dry-run writes the questions (requests.jsonl), --answers reads the
answers, lines of {"request": ..., "answer": ..., "model": ...}. Reports come first; their labels are asked for when
they are there, in the requests.jsonl of the next call.

Written into the folder: train.jsonl, validation.jsonl, test.jsonl (for radnlp train), gold/ (for radnlp bench, reader
findings), rejected.jsonl, summary.json. No patient is behind any of it; how good it is, only people can say.

example:
  radnlp llama synthesize --schema ja_ct --reports 20 --seed 1 --dry-run -o synthetic
"""


def add_arguments(parser: ArgumentParser) -> None:
    """What to make, who answers, where it goes."""
    parser.description = _HELP
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="whose labels are given")
    parser.add_argument(
        "--recipe",
        metavar="NAME|FILE.toml",
        help=f"attributes, prompts, limits: {', '.join(recipe_names())} or a file of yours (default: the schema's id)",
    )
    parser.add_argument("--reports", type=_positive, default=100, metavar="N", help="to be asked for (default: 100)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed asks the same (default: 1)")
    parser.add_argument(
        "--split", type=_splits, metavar="NAME=N,...", help="e.g. train=8,test=2 (default: the recipe's)"
    )
    parser.add_argument("--model", type=Path, metavar="FILE.gguf", help="who answers")
    parser.add_argument(
        "--answers",
        type=Path,
        action="append",
        default=[],
        metavar="FILE|FOLDER",
        help="answers given elsewhere; repeatable",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="ask nobody: write what would be asked, and nothing else"
    )
    parser.add_argument("--resume", action="store_true", help="go on with what is in the folder")
    parser.add_argument(
        "--n-ctx", type=int, default=0, metavar="N", help="tokens of question and answer (default: the model's)"
    )
    parser.add_argument("--n-gpu-layers", type=int, default=-1, metavar="N", help="on the GPU (default: -1, all)")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="of the CPU (default: all of the process)")
    parser.add_argument("--batch", type=_positive, default=8, metavar="N", help="questions at once (default: 8)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")


def run(options: Namespace, host: CommandHost) -> int:
    """Make the reports; 1 when some wait for an answer, or none was kept."""
    if options.dry_run and options.model:
        raise ConfigError("--dry-run asks nobody, and --model names whom to ask; give one of them")
    if not (options.dry_run or options.model or options.answers):
        raise ConfigError(
            "who is to answer? give --model FILE.gguf, --answers FILE.jsonl, or --dry-run for the questions"
        )
    schema = host.schema(options.schema)
    recipe = _recipe(options.recipe, schema.id)
    labels = labelling(recipe, schema)
    cases = tuple(draw(recipe, count=options.reports, seed=options.seed))
    recorded = read_answers(options.answers)
    writer = None if options.model is None else _writer(options)
    parts = Parts(options.output)
    kept = parts.begin(
        {
            "recipe": recipe.id,
            "recipe_version": recipe.version,
            "recipe_sha256": recipe.digest,
            "schema": schema.id,
            "schema_version": schema.version,
            "reports": options.reports,
            "seed": options.seed,
            "model": None if writer is None else writer.name,
        },
        resume=options.resume,
    )

    def watched(batches: Batches, label: str, total: int) -> Iterator[Sequence[GenerationRequest]]:
        return host.progress(batches, label=label, total=total)

    desk = Desk(recorded=recorded, kept=kept, parts=parts, writer=writer, watched=watched)
    outcome = synthesize(recipe, cases, labels, desk)
    write_requests(options.output, desk.open)
    if desk.unused:
        _say(f"{desk.unused} of the {len(recorded)} answers belong to no request of this run; they were not used")
    if options.dry_run:
        _say(f"{len(desk.open)} requests -> {options.output / REQUESTS}")
        return 0
    weights = options.split or recipe.splits
    summary = write_outcome(options.output, outcome, recipe, schema, weights=weights, seed=options.seed)
    _tell(summary, options.output)
    return int(bool(outcome.waiting) or not outcome.labelled)


def _recipe(named: str | None, schema: str) -> Recipe:
    if named is None and schema not in recipe_names():
        raise ConfigError(
            f"there is no recipe for the schema {schema!r}; there are {', '.join(recipe_names())}. Write one and give "
            "it with --recipe FILE.toml"
        )
    return read_recipe(named or schema)


def _writer(options: Namespace) -> Writer:
    from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions

    generator = LlamaGenerator(
        options.model,
        options=RuntimeOptions(
            n_ctx=options.n_ctx, n_gpu_layers=options.n_gpu_layers, threads=options.threads, batch=options.batch
        ),
    )
    return Writer(generator=generator, name=f"{options.model.name} sha256:{generator.digest[:16]}", batch=options.batch)


def _tell(summary: Mapping[str, Any], folder: Path) -> None:
    splits = ", ".join(f"{name} {split['reports']}" for name, split in summary["splits"].items())
    _say(f"{summary['kept']} of {summary['asked']} reports kept ({splits}) -> {folder}")
    for reason, number in summary["reasons"].items():
        _say(f"put aside, {reason}: {number}")
    if summary["waiting"]:
        _say(
            f"{summary['waiting']} reports wait for an answer to {folder / REQUESTS}; have it answered and give all "
            "answers so far with --answers and --resume"
        )


def _say(words: str) -> None:
    print(f"radnlp: {words}", file=sys.stderr)  # noqa: T201


def _positive(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise ArgumentTypeError(f"{word!r} must be a whole number from 1")
    return int(word)


def _splits(word: str) -> dict[str, int]:
    splits = {}
    for part in word.split(","):
        name, _, weight = part.partition("=")
        if name in splits:
            raise ArgumentTypeError(f"{name!r} is there twice; e.g. train=8,test=2")
        splits[name] = _positive(weight)
    check_split_names(splits, ArgumentTypeError)
    return splits
