"""radnlp on Ray: the batch engine ``ray``."""
