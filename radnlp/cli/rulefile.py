"""``radnlp schemas NAME --medspacy-rules FILE``: the words of a schema as medspaCy's rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from radnlp.errors import ConfigError
from radnlp.records import Lexicon
from radnlp.schema import lost_in_medspacy, to_medspacy

_SUFFIX = ".json"


def write_rule_file(lexicon: Lexicon, path: Path, *, sources: Iterable[str]) -> None:
    """Write the file as a whole or not at all, and say on standard error what has no place in it.

    Args:
        lexicon: What to write.
        path: Replaced when it is there.
        sources: Files that the lexicon was made from, which it must not be.

    Raises:
        ConfigError: The file cannot be written, or is none to write to.
    """
    target = path.resolve()
    _check(path, target, sources)
    scratch = target.with_name(f"{target.name}.unfinished")
    try:
        # ASCII, because medspaCy reads the file in the encoding of the machine.
        scratch.write_text(json.dumps(to_medspacy(lexicon), indent=1) + "\n", encoding="ascii", newline="\n")
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None
    lost = lost_in_medspacy(lexicon)
    tail = f"; medspaCy's rules have no place for {', '.join(lost)}" if lost else ""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(
        f"{len(lexicon.terms):,} terms and {len(lexicon.cues):,} cues -> {path}{tail}"
    )


def _check(path: Path, target: Path, sources: Iterable[str]) -> None:
    if target.suffix.lower() != _SUFFIX:
        raise ConfigError(f"{path}: give the rule file the suffix {_SUFFIX}, by which --terms knows it")
    if target.is_dir():
        raise ConfigError(f"{path}: is a folder; name a file to write")
    if not target.parent.is_dir():
        raise ConfigError(f"{path}: there is no folder {target.parent}; make it first")
    if any(Path(source).resolve() == target for source in sources):
        raise ConfigError(f"{path}: is one of --terms too; the result would overwrite it; name another file")
