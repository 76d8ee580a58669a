"""Several questions at once: the prefix is read once, and each call of the model reads for all of them.

Every question is a sequence of its own that begins as a copy of its prefix's (llama.cpp only marks the cells as
shared). A question needs the model where its form leaves a choice; tokens that leave none are never waited for, they
ride along with the next token that was chosen. A place that gets free takes the next question at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from radnlp.api import ProviderError
from radnlp_llama.runtime.batch import Batch
from radnlp_llama.runtime.job import Done, Job, choose, forced
from radnlp_llama.runtime.library import llama_library
from radnlp_llama.runtime.model import Context, Model
from radnlp_llama.runtime.prefix import PrefixFiles, put_state, take_state

#: Prefixes that stay read at the same time: a schema that decides in steps has one a step.
_PREFIXES = 4
#: Cells for questions are made in these steps, and for no more than so many however long reports are: a long one then
#: waits until others are done.
_STEP, _MOST_CELLS = 256, 16384


@dataclass(slots=True)
class _Place:
    """A sequence with a question in it: what is still to be read of it, and what it has cost."""

    sequence: int
    job: Job
    pending: list[int]
    at: int
    evaluated: int = 0
    choices: int = 0
    first: int = field(default=0)


class Batched:
    """Answers questions together.

    Args:
        model: Opened.
        vocabulary: Number of its tokens.
        places: Questions at once.
        threads: Of the CPU.
        batch: Tokens that are read in one call, at most.
        files: Where prefixes are kept across runs; None for nowhere.
    """

    def __init__(
        self, model: Model, *, vocabulary: int, places: int, threads: int, batch: int, files: PrefixFiles | None = None
    ) -> None:
        self._model = model
        self._vocabulary = vocabulary
        self._places = places
        self._threads = threads
        self._size = batch
        self._files = files
        self._context: Context | None = None
        self._batch = Batch(batch)
        self._prefixes: dict[tuple[int, ...], int] = {}  # to their sequences, the one used last at the end
        #: Calls of the model since the beginning, for prefixes and for everything.
        self.prefix_reads = self.reads = 0

    def run(self, jobs: list[Job]) -> Iterator[Done]:
        """The questions answered, as they get done; what was begun and not finished is forgotten."""
        waiting = deque(jobs)
        context = self._prepared(jobs)
        free_cells = context.cells - sum(map(len, self._prefixes))
        sequences = list(range(_PREFIXES, _PREFIXES + self._places))
        active: list[_Place] = []
        try:
            while waiting or active:
                while waiting and sequences:
                    job = waiting[0]
                    if job.prefix not in self._prefixes:
                        if active:
                            break  # its prefix may need the room of another that is in use
                        self._read_prefix(context, job.prefix)
                        free_cells = context.cells - sum(map(len, self._prefixes))
                    if job.room > free_cells:
                        break
                    waiting.popleft()
                    free_cells -= job.room
                    active.append(self._placed(context, job, sequences.pop(0)))
                for place in self._step(context, active):
                    active.remove(place)
                    sequences.append(place.sequence)
                    free_cells += place.job.room
                    self._forget(context, place.sequence)
                    yield self._done(place)
        finally:
            for place in active:
                self._forget(context, place.sequence)

    def _placed(self, context: Context, job: Job, sequence: int) -> _Place:
        self._prefixes[job.prefix] = self._prefixes.pop(job.prefix)
        if job.prefix:
            llama_library().llama_memory_seq_cp(context.memory, self._prefixes[job.prefix], sequence, -1, -1)
        pending = [*job.own, *forced(job.path)]
        return _Place(sequence=sequence, job=job, pending=pending, at=len(job.prefix), first=len(pending))

    def _step(self, context: Context, active: list[_Place]) -> list[_Place]:
        """One call of the model; gives the places whose answer is complete."""
        done = [place for place in active if place.job.path.done]
        if done:
            return done
        self._batch.clear()
        asked: list[tuple[_Place, int]] = []
        for place in sorted(active, key=lambda place: len(place.pending)):  # answers first, new questions behind them
            count = min(len(place.pending), self._batch.room)
            if not count:
                break
            whole = count == len(place.pending)
            self._batch.add(place.pending[:count], place.at, place.sequence, wanted=whole)
            if whole:
                asked.append((place, self._batch.count - 1))
            place.pending = place.pending[count:]
            place.at += count
            place.evaluated += count
        self._read(context)
        library = llama_library()
        for place, row in asked:
            pointer = library.llama_get_logits_ith(context.handle, row)
            logits = np.ctypeslib.as_array(pointer, shape=(self._vocabulary,))
            token, probability = choose(logits, place.job.path.allowed)
            place.job.path.take(token, probability)
            place.choices += 1
            place.pending = [token, *forced(place.job.path)]
        return [place for place, _ in asked if place.job.path.done]

    def _done(self, place: _Place) -> Done:
        # As if it had been alone: what it shared with others must not depend on who they were.
        calls = -(-place.first // self._size) + place.choices - 1 if place.choices else 0
        return Done(job=place.job, evaluated=place.evaluated, calls=calls)

    def _prepared(self, jobs: list[Job]) -> Context:
        """A context with room for these questions; a larger one is made where the last is too small."""
        prefixes = list(dict.fromkeys(job.prefix for job in jobs))
        rooms = sorted((job.room for job in jobs), reverse=True)
        questions = max([*rooms[:1], min(sum(rooms[: self._places]), _MOST_CELLS)])
        kept = sum(sorted(map(len, {*prefixes, *self._prefixes}), reverse=True)[:_PREFIXES])
        cells = kept + questions
        if self._context is None or self._context.cells < cells:
            self._context = self._larger(cells)
        return self._context

    def _larger(self, cells: int) -> Context:
        """A new context of so many cells at least; what was read of prefixes moves into it."""
        states, old = {}, self._context
        if old is not None:
            cells = max(cells, old.cells * 3 // 2)  # so that ever longer reports do not cost a context each
            states = {prefix: take_state(old, sequence) for prefix, sequence in self._prefixes.items()}
            old.close()
        self._prefixes, self._context = {}, None
        context = Context(
            self._model,
            cells=-(-cells // _STEP) * _STEP,
            sequences=_PREFIXES + self._places,
            batch=self._size,
            threads=self._threads,
        )
        for sequence, (prefix, state) in enumerate(states.items()):
            if put_state(context, sequence, state):
                self._prefixes[prefix] = sequence
        return context

    def _read_prefix(self, context: Context, prefix: tuple[int, ...]) -> None:
        """Read a prefix into a sequence of its own, or fetch it from file; the one not used for longest gives way."""
        free = set(range(_PREFIXES)) - set(self._prefixes.values())
        if free:
            sequence = min(free)
        else:
            sequence = self._prefixes.pop(next(iter(self._prefixes)))
            self._forget(context, sequence)
        if prefix and not (self._files and self._files.load(context, sequence, prefix)):
            try:
                for start in range(0, len(prefix), self._size):
                    self._batch.clear()
                    self._batch.add(prefix[start : start + self._size], start, sequence, wanted=False)
                    self._read(context)
                    self.prefix_reads += 1
            except BaseException:
                self._forget(context, sequence)
                raise
            if self._files:
                self._files.save(context, sequence, prefix)
        self._prefixes[prefix] = sequence

    def _read(self, context: Context) -> None:
        self.reads += 1
        fault = context.read(self._batch.handle)
        if fault:
            words = {1: "there is no room for these tokens", 2: "it was stopped"}.get(fault, "it failed")
            raise ProviderError(f"llama.cpp could not read a batch: {words} (llama_decode gave {fault}); lower batch")

    def _forget(self, context: Context, sequence: int) -> None:
        if context.handle:
            llama_library().llama_memory_seq_rm(context.memory, sequence, -1, -1)

    def close(self) -> None:
        """Give the memory back."""
        if self._context is not None:
            self._context.close()
            self._context = None
        self._prefixes.clear()
        self._batch.close()
