"""radnlp: radiology reports in, findings out.

>>> import radnlp
>>> extraction = radnlp.extract("No effusion. 8 mm nodule in the RUL.", schema="chest_ct")
>>> [(f.key, f.status, dict(f.values)) for f in extraction.findings]
[('nodules', 'present', {'located_in': ('rul',)}), ('pleural_effusion', 'absent', {})]

Importing this package loads neither spaCy nor any plugin; the first use does.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

from radnlp._version import __version__

if TYPE_CHECKING:
    from radnlp.batch.arrow import ArrowExtractor
    from radnlp.pipeline import add_pipes, extract, load

__all__ = ["ArrowExtractor", "__version__", "add_pipes", "extract", "load"]

_OTHER_DISTRIBUTION = "radnlp"


def _warn_of_namesake() -> None:
    """The distribution ``radnlp`` of 2016 installs a top-level package of the same name."""
    try:
        metadata.distribution(_OTHER_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return
    import warnings

    warnings.warn(
        f"the distribution {_OTHER_DISTRIBUTION!r} (another project, of 2016) is installed and shares this import "
        f"name; run: pip uninstall {_OTHER_DISTRIBUTION}; pip install --force-reinstall --no-deps radnlp-core",
        stacklevel=3,
    )


def __getattr__(name: str) -> Any:
    if name in ("load", "extract", "add_pipes"):
        from radnlp import pipeline

        return getattr(pipeline, name)
    if name == "ArrowExtractor":
        from radnlp.batch.arrow import ArrowExtractor

        return ArrowExtractor
    raise AttributeError(f"module 'radnlp' has no attribute {name!r}")


_warn_of_namesake()
