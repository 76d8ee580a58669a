"""``radnlp llama prompt``: exactly what the model would read for a report, chat template and all."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from itertools import tee

from radnlp.api import (
    CommandHost,
    ConfigError,
    Extraction,
    GenerationRequest,
    KeyPrediction,
    Lexicon,
    MappingRequest,
    PipelineSpec,
    Report,
    ReportView,
    Settings,
)
from radnlp_llama.prompts import find_prompt
from radnlp_llama.runtime.generator import LlamaGenerator
from radnlp_llama.tasks.mapper import LlamaMapper
from radnlp_llama.tasks.providers import rounds_of
from radnlp_llama.tasks.sentences import LlamaSentenceClassifier
from radnlp_llama.tasks.silent import Silent

_HELP = """\
Print exactly what a language model would read for a report: the constant beginning, the report, the question. With
--model the chat template of that GGUF stands around it; its weights are not loaded.

A schema that decides in steps asks again after the first answer: --answered gives that answer and prints the question
behind it.

example:
  radnlp llama prompt --schema chest_ct benchmarks/samples/01_narrative.txt
"""
#: Enough to read an answer in the schema's own names.
_NO_WORDS = Lexicon(languages=())


def add_arguments(parser: ArgumentParser) -> None:
    """INPUT, schema, model, prompt."""
    parser.description = _HELP
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="reports, in any form that extract reads")
    parser.add_argument("--schema", required=True, metavar="NAME|FOLDER", help="what is asked about")
    parser.add_argument("--terms", metavar="FILE", action="append", help="terms and cues on top of the schema")
    parser.add_argument("--keys", default="rules", metavar="PROVIDER", help="stage one (default: rules)")
    parser.add_argument("--set", metavar="keys.NAME=VALUE", action="append", help="a setting of stage one; repeatable")
    parser.add_argument("--model", metavar="FILE.gguf", help="its chat template is used (default: plain text)")
    parser.add_argument("--prompt", metavar="NAME|FILE.toml", help="default: that of the schema")
    parser.add_argument("--reasoning", action="store_true", help="as relations.reasoning=true")
    parser.add_argument("--sentences", action="store_true", help="the question about sentence classes")
    parser.add_argument("--answered", metavar="JSON", action="append", default=[], help="the answer so far; repeatable")
    parser.add_argument("--encoding", default="utf-8", metavar="NAME", help="of the input (default: utf-8)")


def run(options: Namespace, host: CommandHost) -> int:
    """Print the questions; 1 when a report could not be read: it is left out."""
    schema = host.schema(options.schema)
    prompt = find_prompt(options.prompt, schema=schema.id, sentences=options.sentences, setting="--prompt")
    spec = PipelineSpec(
        schema=options.schema,
        terms=tuple(options.terms or ()),
        keys=options.keys,
        settings={"keys": _settings(options.set or ())},
    )
    generator = LlamaGenerator(options.model) if options.model else Silent()
    if options.sentences:
        classifier = LlamaSentenceClassifier(schema, _NO_WORDS, generator, prompt=prompt)
    else:
        rounds = rounds_of(prompt, schema, reasoning=options.reasoning)
        mapper = LlamaMapper(schema, _NO_WORDS, generator, prompt=prompt, rounds=rounds)
    failed = False
    shown = 0
    for report, extraction in _extracted(host, spec, options):
        if any(issue.level == "error" for issue in extraction.issues):
            failed = True
            print(f"radnlp: report {report.id!r} could not be read and is left out", file=sys.stderr)  # noqa: T201
            continue
        view = _view(report, extraction)
        question: GenerationRequest | None
        if options.sentences:
            question = classifier.question(view) if view.sentences else None
        else:
            question = mapper.question(MappingRequest(view=view, keys=_keys(extraction)), options.answered)
        if question is None:
            print(f"radnlp: report {report.id!r}: there is nothing to ask about", file=sys.stderr)  # noqa: T201
            continue
        if shown:
            sys.stdout.write(f"\n=== {report.id}\n")
        text = generator.shown(question)
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        shown += 1
    return int(failed)


def _extracted(host: CommandHost, spec: PipelineSpec, options: Namespace) -> Iterator[tuple[Report, Extraction]]:
    first, second = tee(host.read_reports(*options.inputs, encoding=options.encoding))
    yield from zip(first, host.extract(spec, second), strict=True)


def _view(report: Report, extraction: Extraction) -> ReportView:
    return ReportView(
        report=report, sections=extraction.sections, sentences=extraction.sentences, mentions=extraction.mentions
    )


def _keys(extraction: Extraction) -> tuple[KeyPrediction, ...]:
    return tuple(
        KeyPrediction(key=finding.key, status=finding.status, score=finding.score, evidence=finding.evidence)
        for finding in extraction.findings
        if finding.status != "absent"
    )


def _settings(pairs: Iterable[str]) -> Settings:
    found = {}
    for pair in pairs:
        place, equals, value = pair.partition("=")
        stage, _, name = place.partition(".")
        if not equals or stage != "keys" or not name:
            raise ConfigError(f"--set {pair!r}: here only settings of stage one, keys.NAME=VALUE")
        found[name] = value
    return found
