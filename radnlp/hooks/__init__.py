"""The extension points: pluggy specifications, the plugin manager, and the catalogue of what plugins offer."""

from functools import cache

from radnlp.hooks.catalogue import Catalogue
from radnlp.hooks.manager import PluginInfo, RadnlpPluginManager, create_manager, default_manager
from radnlp.hooks.offers import Offer, Offers
from radnlp.hooks.specs import hookimpl
from radnlp.hooks.versions import API_VERSION

__all__ = [
    "API_VERSION",
    "Catalogue",
    "Offer",
    "Offers",
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
