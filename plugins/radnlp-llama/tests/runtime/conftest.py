"""Questions of the kind that tasks ask, about invented reports."""

import random

import pytest

from radnlp.api import Fixed, FreeText, GenerationRequest, OneOf, SomeOf

PREFIX = "Read the report. For each key give its status and where it is. Answer in JSON.\n\n"
PLACES = ("right_lung", "left_lung", "rul", "rml", "rll", "lul", "left_lingula", "lll", "bul", "bll", "pleural")
SENTENCES = (
    "A 7 mm nodule is seen in the right upper lobe.",
    "No pleural effusion.",
    "Consolidation in both lower lobes.",
    "Subsegmental atelectasis in the lingula.",
    "右上葉に結節を認めます。",
    "胸水は認めません。",
    "우상엽에 결절이 있음.",
    "Stable fibrotic band at the left base.",
)


def quoted(*names):
    return tuple(f'"{name}"' for name in names)


def form_of(keys, *, reasons=False):
    """What a report's keys are answered with: a status and places for each."""
    parts = []
    for number, key in enumerate(keys):
        parts.append(Fixed(text=f'{"," if number else "{"}"{key}":{{"status":'))
        parts.append(OneOf(name=f"{key}.status", options=quoted("present", "uncertain", "historical", "absent")))
        parts.append(Fixed(text=',"in":['))
        parts.append(SomeOf(name=f"{key}.in", options=quoted(*PLACES), most=4))
        if reasons:
            parts += [Fixed(text=',"why":"'), FreeText(name=f"{key}.why", most=6)]
        parts.append(Fixed(text="}"))
    return (*parts, Fixed(text="}"))


def asked(count, *, seed=5, reasons=False):
    """So many questions, of one prefix."""
    lot = random.Random(seed)
    rows = []
    for number in range(count):
        text = " ".join(lot.sample(SENTENCES, k=lot.randint(1, 5)))
        keys = lot.sample(["nodules", "consolidation", "atelectasis", "fibrosis", "mass"], k=lot.randint(1, 4))
        rest = f"{text}\nKeys: {', '.join(keys)}\n"
        rows.append(GenerationRequest(id=f"r{number}", prefix=PREFIX, rest=rest, form=form_of(keys, reasons=reasons)))
    return rows


@pytest.fixture(scope="session")
def questions():
    """Makes questions: ``questions(12)``, ``questions(12, reasons=True)``."""
    return asked


@pytest.fixture(scope="session")
def recomputed():
    """The score of an answer by a plain ``Llama.eval`` over question and answer, and how near it came to another one.

    Everything is done by other means than the runtime's: the whole row is evaluated at once with all logits kept, the
    allowed tokens are found by spelling every option, and the softmax is written out.
    """
    from llama_cpp import Llama

    opened = {}

    def recompute(generator, request, text):
        import numpy as np
        from radnlp_llama.runtime.walk import Walk

        if generator.path not in opened:
            opened[generator.path] = Llama(
                str(generator.path),
                n_ctx=min(generator.n_ctx, 8192),
                logits_all=True,
                n_threads=1,
                n_threads_batch=1,
                verbose=False,
            )
        llama = opened[generator.path]
        _, vocabulary, grammars = generator._opened()
        around = generator.surroundings
        question = [
            *vocabulary.prefix(around, request.prefix),
            *vocabulary.plain(request.rest),
            *vocabulary.around(around)[1],
        ]
        answer, walk, allowed = [], Walk(request.form, grammars.of(request.form)), []
        written = b""
        while not walk.done:
            fitting = [
                token
                for token in walk.allowed.tolist()
                if (text.encode()[len(written) :]).startswith(vocabulary.pieces[token])
            ]
            # Free words may be split in more ways than one; what the form spells cannot.
            token = max(fitting, key=lambda token: len(vocabulary.pieces[token]))
            allowed.append(walk.allowed.tolist())
            answer.append(token)
            written += vocabulary.pieces[token]
            walk.take(token)
        assert written.decode() == text
        llama.reset()
        llama.eval(question + answer)
        score, margin = 1.0, float("inf")
        for place, (token, options) in enumerate(zip(answer, allowed, strict=True)):
            if len(options) > 1:
                logits = llama.scores[len(question) + place - 1].astype(np.float64)
                weights = np.exp(logits - logits.max())
                score *= weights[token] / weights[options].sum()
                others = [logits[option] for option in options if option != token]
                margin = min(margin, abs(logits[token] - max(others)))
        return score, margin

    yield recompute
    for llama in opened.values():
        llama.close()
