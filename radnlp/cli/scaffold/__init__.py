"""New plugins: a package from templates, one for each hook."""

from radnlp.cli.scaffold.names import PluginNames
from radnlp.cli.scaffold.package import write_package
from radnlp.cli.scaffold.template import TEMPLATES, Template, hook_of

__all__ = ["TEMPLATES", "PluginNames", "Template", "hook_of", "write_package"]
