"""The version of radnlp-core."""

__version__ = "0.1.0"
