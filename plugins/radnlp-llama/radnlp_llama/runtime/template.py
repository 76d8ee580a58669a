"""Where a question stands in what the model reads: the chat template of the GGUF around it.

The template is run once, around a mark, so that what comes before the question, and with it the constant beginning of
the question, is the same tokens for every report. The question itself never goes through the template: a report cannot
speak for anybody else.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MARK = "\u2042question\u2042"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What stands before and behind every question; may hold control tokens."""

    before: str = ""
    behind: str = ""


def surroundings(template: str | None, *, bos: str = "", eos: str = "") -> Surroundings:
    r"""What a chat template puts around the one message of a user.

    No date is given to it: the same question must read the same tomorrow. Templates that know a switch for it are
    asked not to let the model think first.

    Args:
        template: Jinja; None for a model without one, which reads the question as it is.
        bos: The text of the token that begins a text.
        eos: The text of the token that ends one.

    Warns:
        RuntimeWarning: The template fails, or does not hold the question as given; then it is left out.

    >>> around = surroundings("{% for m in messages %}[{{ m['role'] }}] {{ m['content'] }}\n{% endfor %}[assistant] ")
    >>> around.before, around.behind
    ('[user] ', '\n[assistant] ')
    """
    if template is None:
        return Surroundings()
    try:
        # As transformers renders them: blocks eat the line break behind them, and may break out of loops.
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _refuse
        text = environment.from_string(template).render(
            messages=[{"role": "user", "content": _MARK}],
            add_generation_prompt=True,
            enable_thinking=False,
            bos_token=bos,
            eos_token=eos,
        )
    except (TemplateError, TypeError, ValueError, AttributeError) as error:
        return _without(f"fails ({type(error).__name__})")
    before, mark, behind = text.partition(_MARK)
    if not mark or _MARK in behind:
        return _without("does not hold the question once, as given")
    return Surroundings(before=before, behind=behind)


def _refuse(message: str) -> str:
    raise TemplateError(message)


def _without(fault: str) -> Surroundings:
    warnings.warn(
        f"the model's chat template {fault}; the question is put to it as plain text, which an Instruct model may "
        "answer worse: use a GGUF whose template takes one user's message",
        RuntimeWarning,
        stacklevel=3,
    )
    return Surroundings()
