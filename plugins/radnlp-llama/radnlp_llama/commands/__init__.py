"""The command ``radnlp llama``."""
