"""A factory argument that may be called ``schema``.

spaCy 3.7 checks the config of a component with a pydantic model made from the factory's signature (confection before
1.0), and pydantic's own models have a method of that name, so that ``add_pipe`` fails with a NameError. What such a
model allows is a field of another name with the alias ``schema``; so that is the signature shown to it. Later
versions need none of this.
"""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import confection

F = TypeVar("F", bound=Callable[..., Any])


def named_schema(factory: F) -> F:
    """Show the factory's argument ``schema`` to old config checkers under an alias; the factory itself stays."""
    if not hasattr(confection, "ModelMetaclass"):
        return factory
    from pydantic.v1 import Field

    signature = inspect.signature(factory)
    parameters = [
        # Excluded from the checked copy, or the factory would be called with the alias and with the field.
        parameter.replace(name="schema_", default=Field(..., alias="schema", exclude=True))
        if parameter.name == "schema"
        else parameter
        for parameter in signature.parameters.values()
    ]
    # Keyword-only, since the field carries a "default" and stands before arguments without one.
    shown = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    factory.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    return factory
