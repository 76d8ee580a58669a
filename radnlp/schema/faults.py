"""What is wrong with a file that people write, in one sentence that names table and key."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from radnlp.errors import SchemaError, did_you_mean

#: For the tables of such a file: everything unknown in them is refused, nothing is turned into another type.
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
#: Of a value in a message, which may be half the file.
_LONGEST_VALUE = 100


def read_text(path: Path) -> str:
    """The text of a file, without its byte-order mark.

    Raises:
        SchemaError: Not there, not readable or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SchemaError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from None
    except OSError as error:
        raise SchemaError(f"{path}: {error}") from None


def first_fault(error: ValidationError, model: type[BaseModel], *, row: str = "[[{}]] no. {}") -> str:
    """The first fault with its place, and how many more there are.

    Args:
        error: What pydantic found.
        model: The model of the file.
        row: How a row of a list of tables is written: name, number.
    """
    faults = error.errors(include_url=False)
    # A misspelt name that must be there is two faults, unknown and missing; the first tells more.
    fault = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    place = _place(fault["loc"], row)
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    match fault["type"]:
        case "extra_forbidden":
            name = str(fault["loc"][-1])
            return f"{place}: unknown name{did_you_mean(name, _fields_at(model, fault['loc'][:-1]))}{more}"
        case "missing":
            return f"{place}: is missing{more}"
        case "value_error":  # a check of ours, whose words name the value
            return f"{place}: {fault['ctx']['error']}{more}"
        case _:
            return f"{place}: {fault['msg']}, not {_shown(fault['input'])}{more}"


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= _LONGEST_VALUE else f"{words[:_LONGEST_VALUE]}…"


def _place(location: tuple[int | str, ...], row: str) -> str:
    """``('terms', 3, 'entities')`` as a person looks for it: ``[[terms]] no. 4, entities``."""
    match location:
        case (str(table), str(name)) | (str(table), str(name), "[key]"):
            return f"[{table}] {name}"
        case (str(table), int(number)):
            return f"{table}, no. {number + 1}"
        case (str(table), int(number), *rest):
            tail = "".join(f", {part}" if isinstance(part, str) else f" no. {part + 1}" for part in rest)
            return f"{row.format(table, number + 1)}{tail}"
        case (str(table), str(name), *rest):
            tail = "".join(f" {part}" if isinstance(part, str) else f" no. {part + 1}" for part in rest)
            return f"[{table}.{name}]{tail}"
        case _:
            return " ".join(str(part) for part in location)


def _fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The names allowed in the file itself, or in the rows of the table that the location begins with."""
    if location:
        rows = get_args(model.model_fields[str(location[0])].annotation)
        model = next((kind for kind in rows if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
    return list(model.model_fields)
