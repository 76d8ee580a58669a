"""A GGUF as a writer of answers: :class:`radnlp.api.TextGenerator` over llama.cpp."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from radnlp.api import ConfigError, Generated, GenerationRequest, ProviderError
from radnlp_llama.runtime.batched import Batched
from radnlp_llama.runtime.digest import model_digest
from radnlp_llama.runtime.gguf_file import GgufHead, read_head
from radnlp_llama.runtime.grammar import Grammars
from radnlp_llama.runtime.job import Done, Job, Runner
from radnlp_llama.runtime.library import llama_library
from radnlp_llama.runtime.model import Model, usable_threads
from radnlp_llama.runtime.prefix import PrefixFiles
from radnlp_llama.runtime.single import Single
from radnlp_llama.runtime.template import Surroundings, surroundings
from radnlp_llama.runtime.tokens import Vocabulary
from radnlp_llama.runtime.walk import FreeRun, Walk

#: Tokens read in one call: many on a device, which is slow to start and fast to go on; fewer on a CPU, where a call
#: cannot be interrupted while it lasts.
_BATCH_DEVICE, _BATCH_CPU = 2048, 512


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeOptions:
    """How a model is run.

    Attributes:
        n_ctx: Tokens of question and answer together, at most; 0 for as many as the model was trained on.
        n_gpu_layers: Layers on the GPU; -1 for all.
        threads: Of the CPU; 0 for as many as the process may run on.
        batch: Questions at once; 1 for the reference, which reuses nothing.
        prefix_path: Folder in which what was read of a prefix is kept across runs; None for nowhere.
    """

    n_ctx: int = 0
    n_gpu_layers: int = -1
    threads: int = 0
    batch: int = 8
    prefix_path: Path | None = None


class LlamaGenerator:
    """Answers of a local model.

    The file is checked at once; the model is opened with the first question. One belongs to one process: it is not
    usable in a fork of it, and a pickled copy opens the model anew. Threads take turns.

    Args:
        model_path: A GGUF.
        options: How it is run.

    Raises:
        ConfigError: The file cannot be used, or an option not with it.
    """

    def __init__(self, model_path: str | Path, *, options: RuntimeOptions = RuntimeOptions()) -> None:
        self.path = Path(model_path)
        self.options = options
        self.head: GgufHead = read_head(self.path)
        _check(options, self.head)
        self._forget()

    def _forget(self) -> None:
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._model: Model | None = None
        self._runner: Runner | None = None
        self._vocabulary: Vocabulary | None = None
        self._grammars: Grammars | None = None

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """One answer a request, in the requests' order.

        Raises:
            ConfigError: The model cannot be opened, or a form cannot be written with its vocabulary.
            ProviderError: llama.cpp fails, or this is a fork of the process that opened the model.
        """
        answers: dict[int, Generated] = dict(self.stream(requests))
        return [answers[number] for number in range(len(requests))]

    def stream(self, requests: Sequence[GenerationRequest]) -> Iterator[tuple[int, Generated]]:
        """The answers with their numbers, as they get done; raises like :meth:`generate`."""
        with self._lock:
            if not requests:
                return
            runner, vocabulary, grammars = self._opened()
            jobs: list[Job] = []
            for number, request in enumerate(requests):
                job = self._job(number, request, vocabulary, grammars)
                if len(job.prefix) + job.room > self.n_ctx:
                    counts = {"prompt_tokens": len(job.prefix) + len(job.own), "evaluated_tokens": 0, "calls": 0}
                    yield number, Generated(text="", finished=False, fault="context_overflow", counts=counts)
                else:
                    jobs.append(job)
            for done in runner.run(jobs) if jobs else ():
                yield done.job.number, _generated(done, vocabulary)

    def shown(self, request: GenerationRequest) -> str:
        """Exactly what the model reads; needs neither the model's weights nor llama_cpp."""
        return self.surroundings.before + request.prefix + request.rest + self.surroundings.behind

    @property
    def n_ctx(self) -> int:
        """Tokens of question and answer together, at most."""
        return self.options.n_ctx or self.head.number("context_length") or 4096

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the model."""
        return model_digest(self.head.files)

    @property
    def about(self) -> Mapping[str, str]:
        """For the provenance: which model."""
        return {"model": self.digest}

    @property
    def identity(self) -> str:
        """Everything that an answer depends on beside the question, for a cache: the model and how far it may read.

        How many are asked at once, threads and layers on a device change nothing but the last digits of a score.
        """
        return f"llama 1\n{self.digest}\nn_ctx={self.n_ctx}\n{self.surroundings!r}"

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the chat template puts around a question."""
        return surroundings(self.head.chat_template, bos=self.head.token("bos"), eos=self.head.token("eos"))

    def check_form(self, request: GenerationRequest) -> int:
        """Put a form into tokens before the first report; gives the tokens of its longest answer.

        Raises:
            ConfigError: The form is at fault, or the model's vocabulary cannot write it.
        """
        with self._lock:
            _, _, grammars = self._opened()
            return grammars.of(request.form).longest if request.form is not None else request.most

    def tokens(self, text: str) -> tuple[int, ...]:
        """The tokens of a text in the middle of a question. Raises ConfigError when the model cannot be opened."""
        with self._lock:
            return self._opened()[1].plain(text)

    @property
    def reads(self) -> int:
        """How often the model was asked to read since it was opened; 0 for the reference, which does not count."""
        return self._runner.reads if isinstance(self._runner, Batched) else 0

    @property
    def offloaded(self) -> tuple[int, int] | None:
        """Layers on a device, and layers in all; None while nothing is on one."""
        return self._model.offloaded if self._model is not None else None

    def _job(self, number: int, request: GenerationRequest, vocabulary: Vocabulary, grammars: Grammars) -> Job:
        prefix = vocabulary.prefix(self.surroundings, request.prefix)
        own = (*vocabulary.plain(request.rest), *vocabulary.around(self.surroundings)[1])
        if not own:  # something must be read for each question
            prefix, own = prefix[:-1], prefix[-1:]
        if not own:
            raise ProviderError(
                f"report {request.id!r}: the question is empty, and the model has no token to begin with"
            )
        if request.form is None:
            return Job(
                number=number, prefix=prefix, own=own, path=FreeRun(vocabulary.ends, request.most), longest=request.most
            )
        grammar = grammars.of(request.form)
        return Job(number=number, prefix=prefix, own=own, path=Walk(request.form, grammar), longest=grammar.longest)

    def _opened(self) -> tuple[Runner, Vocabulary, Grammars]:
        if os.getpid() != self._process:
            raise ProviderError(
                "a model that was opened in one process cannot be used in a fork of it; use one process and the "
                "setting batch=N for several reports at once"
            )
        if self._runner is None or self._vocabulary is None or self._grammars is None:
            options, threads = self.options, usable_threads(self.options.threads)
            self._model = Model(self.path, n_gpu_layers=options.n_gpu_layers)
            self._vocabulary = Vocabulary(self._model.vocabulary)
            self._grammars = Grammars(self._vocabulary)
            if options.batch == 1:
                self._runner = Single(self.path, n_gpu_layers=options.n_gpu_layers, threads=threads)
            else:
                self._runner = Batched(
                    self._model,
                    vocabulary=self._vocabulary.size,
                    places=options.batch,
                    threads=threads,
                    batch=_BATCH_DEVICE if self._model.offload else _BATCH_CPU,
                    files=self._files(self._model),
                )
        return self._runner, self._vocabulary, self._grammars

    def _files(self, model: Model) -> PrefixFiles | None:
        if self.options.prefix_path is None:
            return None
        where = llama_library().llama_print_system_info().decode("utf-8", "replace")
        return PrefixFiles(self.options.prefix_path, model=self.digest, settings=f"{where} layers={model.offloaded}")

    def close(self) -> None:
        """Give the memory back; the next question opens the model anew."""
        with self._lock:
            if self._runner is not None:
                self._runner.close()
            if self._model is not None:
                self._model.close()
            self._forget()

    def __getstate__(self) -> dict[str, object]:
        """Path and options alone: what is open stays here."""
        return {"path": self.path, "options": self.options, "head": None}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__init__(str(state["path"]), options=state["options"])  # type: ignore[misc]


def _generated(done: Done, vocabulary: Vocabulary) -> Generated:
    job, path = done.job, done.job.path
    counts = {
        "prompt_tokens": len(job.prefix) + len(job.own),
        "evaluated_tokens": done.evaluated,
        "calls": done.calls,
    }
    if isinstance(path, FreeRun):
        return Generated(text=vocabulary.text(path.tokens), finished=path.finished, counts=counts)
    return Generated(text=path.text, score=path.score, choices=path.choices, counts=counts)


def _check(options: RuntimeOptions, head: GgufHead) -> None:
    trained = head.number("context_length")
    if options.n_ctx < 0 or (trained and options.n_ctx > trained):
        raise ConfigError(
            f"n_ctx={options.n_ctx}: this model was trained on {trained} tokens; give at most so many, or 0 for what "
            "the longest report needs"
        )
    if options.n_gpu_layers < -1:
        raise ConfigError(f"n_gpu_layers={options.n_gpu_layers}; give -1 for all layers, 0 for none, or how many")
    if options.threads < 0:
        raise ConfigError(f"threads={options.threads}; give how many threads, or 0 for as many as there are")
    if not 1 <= options.batch <= 64:
        raise ConfigError(f"batch={options.batch}; give 1 to 64 reports at once (1 is the slow reference)")
