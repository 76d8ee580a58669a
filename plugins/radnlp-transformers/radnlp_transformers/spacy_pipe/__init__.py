"""Training and use inside spaCy, over a Transformer pipe."""
