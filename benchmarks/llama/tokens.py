"""What an answer of the provider ``llama`` costs: tokens that are evaluated, calls of the model, seconds.

    python benchmarks/llama/tokens.py [REPORTS ...] [--model FILE.gguf | --random small|8b]

Four ways with the same weights and the same questions, in one run:

together    several reports at once, prefix read once, only the form's choices are waited for
one by one  the reference: one report, one token at a time, nothing reused
free        the same answers decoded without a form, as a model would write them by itself: a call for every token
paper       one prompt a report, nothing reused, 200 free tokens (Shin et al. 2025, with one beam instead of five)
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from questions import questions, random_model, read
from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions
from radnlp_llama.runtime.model import usable_threads

from radnlp.records import Generated, GenerationRequest

FREE_TOKENS = 200


def main() -> None:
    """Print one line a way, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", help="files or folders (default: the sample reports)")
    parser.add_argument("--schema", default="chest_ct")
    parser.add_argument("--model", type=Path, help="a GGUF (default: one of random weights is made)")
    parser.add_argument(
        "--random", choices=["small", "8b"], default="small", help="shape of the random one (8b: 16 GB)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=0, help="so many reports at most")
    parser.add_argument("--slow", type=int, default=4, help="so many reports for the three slow ways (0: all)")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--n-gpu-layers", type=int, default=-1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    asked = questions(options.schema, read(options.reports, options.limit))
    if len(asked) < 2:
        parser.error("these reports give fewer than two questions")
    with tempfile.TemporaryDirectory() as folder:
        path = options.model or random_model(
            Path(folder) / "random.gguf", asked, seed=options.seed, large=options.random == "8b"
        )
        rows = measure(path, asked, options)
    print(json.dumps(rows, indent=2) if options.json else table(rows))


def measure(path: Path, asked: Sequence[GenerationRequest], options: argparse.Namespace) -> list[dict[str, Any]]:
    """A row for each way."""

    def opened(batch: int) -> LlamaGenerator:
        running = RuntimeOptions(batch=batch, threads=options.threads, n_gpu_layers=options.n_gpu_layers)
        return LlamaGenerator(path, options=running)

    few = list(asked[: options.slow] if options.slow else asked)
    fast = opened(max(2, options.batch))
    fast.generate(asked[:1])  # opens the model and reads the prefix, once a process
    before, start = fast.reads, time.perf_counter()
    answers = fast.generate(asked)
    seconds, reads = time.perf_counter() - start, fast.reads - before
    lengths = [own_tokens(fast, request) for request in asked]
    beyond = [answer.counts["evaluated_tokens"] - length for answer, length in zip(answers, lengths, strict=True)]
    rows = [row("together", answers, seconds, reads=reads, beyond=beyond, own=lengths)]
    fast.close()

    slow = opened(1)
    slow.generate(few[:1])
    start = time.perf_counter()
    single = slow.generate(few)
    rows.append(row("one by one", single, time.perf_counter() - start))
    rows[-1]["answers alike"] = sum(a.text == b.text for a, b in zip(answers, single, strict=False))
    slow.close()

    rows.append(decoded_freely(path, few, answers, options))
    free = opened(1)
    paper = [GenerationRequest(id=one.id, prefix=one.prefix, rest=one.rest, most=FREE_TOKENS) for one in few]
    free.generate(paper[:1])
    start = time.perf_counter()
    rows.append(row("paper", free.generate(paper), time.perf_counter() - start))
    free.close()
    for one in rows:
        one["times the paper's way"] = round(one["reports/s"] / rows[-1]["reports/s"], 1)
    return rows


def own_tokens(generator: LlamaGenerator, request: GenerationRequest) -> int:
    """Tokens of report and key line."""
    return len(generator.tokens(request.rest))


def decoded_freely(
    path: Path, asked: Sequence[GenerationRequest], answers: Sequence[Generated], options: argparse.Namespace
) -> dict[str, Any]:
    """The same answers as a model writes them without a form: its own tokens, a call for each and one to end."""
    from llama_cpp import Llama

    generator = LlamaGenerator(path, options=RuntimeOptions(batch=2, n_gpu_layers=0))
    threads = usable_threads(options.threads)
    rows, seconds = [], 0.0
    shown = [generator.shown(request) for request in asked]
    longest = max(len(generator.tokens(text)) for text in shown) + 1024
    llama = Llama(
        str(path),
        n_ctx=longest,
        n_gpu_layers=options.n_gpu_layers,
        n_threads=threads,
        n_threads_batch=threads,
        verbose=False,
    )
    for text, answer in zip(shown, answers, strict=False):
        prompt = llama.tokenize(text.encode(), add_bos=False, special=True)
        tokens = llama.tokenize(answer.text.encode(), add_bos=False)
        llama.reset()
        start = time.perf_counter()
        llama.eval(prompt)
        for token in tokens:
            llama.eval([token])
        seconds += time.perf_counter() - start
        counts = {"evaluated_tokens": len(prompt) + len(tokens), "calls": 1 + len(tokens)}
        rows.append(Generated(text=answer.text, counts=counts))
    llama.close()
    generator.close()
    return row("free", rows, seconds)


def row(
    way: str,
    answers: Sequence[Generated],
    seconds: float,
    *,
    reads: int | None = None,
    beyond: Sequence[int] = (),
    own: Sequence[int] = (),
) -> dict[str, Any]:
    """One line of the table."""
    found: dict[str, Any] = {
        "way": way,
        "reports": len(answers),
        "calls an answer": round(statistics.mean(answer.counts["calls"] for answer in answers), 1),
        "evaluated an answer": round(statistics.mean(answer.counts["evaluated_tokens"] for answer in answers), 1),
        "reports/s": round(len(answers) / seconds, 3),
    }
    if reads is not None:
        found["calls of the model a report"] = round(reads / len(answers), 2)
        found["tokens of report and keys"] = round(statistics.mean(own), 1)
        found["evaluated beyond them, mean"] = round(statistics.mean(beyond), 1)
        found["evaluated beyond them, most"] = max(beyond)
    return found


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows in words."""
    return "\n".join(", ".join(f"{name} {value}" for name, value in one.items()) for one in rows)


if __name__ == "__main__":
    main()
