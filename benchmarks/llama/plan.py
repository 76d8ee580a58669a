"""A run of a model in the shape of Llama-3-8B, planned on paper: bytes moved and the least seconds a report.

    python benchmarks/llama/plan.py [--gpu "RTX 3090"] [--weights f16]

No clock runs here. Reading tokens is bound by arithmetic (2 operations a weight and token), writing them by memory
(every weight and the cache pass once a step, for all reports of the batch together); the floor is the larger of the
two for each part of the work. Real runs stay above it: kernels start, batches are not full, a softmax is read back.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Machine:
    """What a maker's data sheet says: bytes a second from memory, dense operations a second in half precision."""

    bandwidth: float
    operations: float
    memory: float


#: Data sheets of the makers; the CPU is a desktop with two channels of DDR5 and 8 cores with AVX2.
MACHINES = {
    "RTX 3090": Machine(bandwidth=936e9, operations=71e12, memory=24e9),
    "RTX 4090": Machine(bandwidth=1008e9, operations=165e12, memory=24e9),
    "A100 80GB": Machine(bandwidth=2039e9, operations=312e12, memory=80e9),
    "H200": Machine(bandwidth=4800e9, operations=989e12, memory=141e9),
    "desktop CPU": Machine(bandwidth=80e9, operations=1e12, memory=64e9),
}
#: Bits a weight in the file.
WEIGHTS = {"f16": 16.0, "q8_0": 8.5, "q4_k_m": 4.85}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Of the model; the defaults are Llama-3-8B's (Grattafiori et al., arXiv 2407.21783, table 3)."""

    layers: int = 32
    width: int = 4096
    kv_width: int = 1024
    inner: int = 14336
    vocabulary: int = 128256

    @property
    def weights(self) -> int:
        """Numbers that every token passes: all but the table of embeddings, of which it reads one row."""
        block = 2 * self.width * (self.width + self.kv_width) + 3 * self.width * self.inner
        return self.layers * block + self.width * self.vocabulary

    @property
    def cell(self) -> int:
        """Bytes that the cache holds of one token: keys and values in half precision."""
        return 2 * 2 * self.layers * self.kv_width


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a report costs, in tokens; the defaults are means that tokens.py measures.

    Attributes:
        prefix: Tokens of the constant prefix.
        own: Tokens of report and key line.
        answer: Tokens of the answer.
        calls: Choices that are waited for.
        batch: Reports at once.
    """

    prefix: int
    own: int
    answer: int
    calls: float
    batch: int


def floor(
    machine: Machine, shape: Shape, bits: float, *, read: float, steps: float, together: int, seen: float
) -> float:
    """The least seconds a report.

    Args:
        machine: On which it runs.
        shape: Of the model.
        bits: A weight.
        read: Tokens that are read for a report.
        steps: Steps in which it writes.
        together: Reports that share a step.
        seen: Tokens before it in the cache at each step.
    """
    model = shape.weights * bits / 8
    reading = max(2 * shape.weights * read / machine.operations, model / together / machine.bandwidth)
    step = max((model / together + seen * shape.cell) / machine.bandwidth, 2 * shape.weights / machine.operations)
    return reading + steps * step


def main() -> None:
    """Print the plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gpu", choices=sorted(MACHINES), help="one machine (default: all)")
    parser.add_argument("--weights", choices=sorted(WEIGHTS), help="one precision (default: all)")
    parser.add_argument("--prefix", type=int, default=1000)
    parser.add_argument("--own", type=int, default=180)
    parser.add_argument("--answer", type=int, default=60)
    parser.add_argument("--calls", type=float, default=12)
    parser.add_argument("--batch", type=int, default=8)
    options = parser.parse_args()
    shape = Shape()
    work = Work(prefix=options.prefix, own=options.own, answer=options.answer, calls=options.calls, batch=options.batch)
    print(f"{shape.weights / 1e9:.2f} billion weights a token, {shape.cell / 1024:.0f} KiB of cache a token")
    print(
        f"a report: prefix {work.prefix}, report and keys {work.own}, answer {work.answer} tokens, "
        f"{work.calls:g} choices; {work.batch} at once"
    )
    for weights, bits in WEIGHTS.items():
        if options.weights in (None, weights):
            size = shape.weights * bits / 8
            cells = work.prefix + work.batch * (work.own + work.answer)
            print(f"\n{weights}: {size / 1e9:.1f} GB of weights, {cells * shape.cell / 1e9:.2f} GB of cache")
            for name, machine in MACHINES.items():
                if options.gpu in (None, name):
                    print(line(name, machine, shape, bits, work))


def line(name: str, machine: Machine, shape: Shape, bits: float, work: Work) -> str:
    """A machine's floors: together, one at a time without reuse, and the paper's way."""
    size = shape.weights * bits / 8
    if size > machine.memory:
        return f"  {name:<12} does not fit into {machine.memory / 1e9:.0f} GB"
    seen = work.prefix + work.own
    ours = floor(
        machine, shape, bits, read=work.own + work.answer, steps=work.calls - 1, together=work.batch, seen=seen
    )
    paper = floor(machine, shape, bits, read=seen, steps=200, together=1, seen=seen + 100)
    moved = (size / work.batch + seen * shape.cell) * work.calls
    return (
        f"  {name:<12} {ours * 1e3:8.1f} ms a report ({1 / ours:6.1f} a second; {moved / 1e9:5.1f} GB moved); "
        f"the paper's way, 200 free tokens: {paper:6.2f} s, {paper / ours:5.1f} times as long"
    )


if __name__ == "__main__":
    main()
