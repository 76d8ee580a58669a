"""Encoders for radnlp: entity keys and sentence classes learned from reports."""
