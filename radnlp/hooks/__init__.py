"""The extension points: pluggy specifications, the plugin manager, and the catalogue of what plugins offer."""

from functools import cache

from radnlp.hooks.catalogue import Catalogue, Offer
from radnlp.hooks.manager import PluginInfo, RadnlpPluginManager, create_manager, default_manager
from radnlp.hooks.specs import hookimpl

__all__ = [
    "Catalogue",
    "Offer",
    "PluginInfo",
    "RadnlpPluginManager",
    "create_manager",
    "default_catalogue",
    "default_manager",
    "hookimpl",
]


@cache
def default_catalogue() -> Catalogue:
    """The catalogue of this process's plugins."""
    return Catalogue(default_manager())
