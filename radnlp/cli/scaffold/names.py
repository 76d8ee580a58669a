"""The names of a new plugin: one given, the others made of it."""

from __future__ import annotations

import keyword
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec

from radnlp.errors import ConfigError

#: Of a distribution, after PEP 508.
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_PREFIX = "radnlp-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginNames:
    """What a new plugin is called.

    Attributes:
        distribution: What pip calls it, normalised after PEP 503; also its folder.
        package: What Python imports; also the plugin's name in ``radnlp plugins``.
        name: What users write for what it offers, e.g. after ``--relations``.
        identifier: The same where there may be no hyphen, as in the id of a schema.
    """

    distribution: str
    package: str
    name: str
    identifier: str

    @classmethod
    def of(cls, given: str) -> PluginNames:
        """The names that follow from one.

        Raises:
            ConfigError: It cannot be the name of a distribution and, with underscores, of a package; or the package's
                name is taken.

        >>> names = PluginNames.of("radnlp-Nearest.Place")
        >>> names.distribution, names.package, names.name, names.identifier
        ('radnlp-nearest-place', 'radnlp_nearest_place', 'nearest-place', 'nearest_place')
        """
        if not _DISTRIBUTION.fullmatch(given):
            raise ConfigError(
                f"{given!r} cannot be the name of a package: letters, digits, and between them - _ . (PEP 508), e.g. "
                "radnlp-nearest"
            )
        distribution = re.sub(r"[-_.]+", "-", given).lower()
        package = distribution.replace("-", "_")
        name = distribution.removeprefix(_PREFIX)
        if not package.isidentifier() or keyword.iskeyword(package) or not name[0].isalpha():
            raise ConfigError(
                f"{given!r} cannot be imported as {package!r}: begin with a letter and take no word of Python's, e.g. "
                f"radnlp-{'x' + name if not name[0].isalpha() else name}"
            )
        if package in sys.stdlib_module_names or package.startswith("radnlp_core") or find_spec(package) is not None:
            raise ConfigError(f"a package {package!r} is here already; take another name, e.g. radnlp-my-{name}")
        return cls(distribution=distribution, package=package, name=name, identifier=name.replace("-", "_"))
