"""Encoders from local folders, and the machine they run on."""
