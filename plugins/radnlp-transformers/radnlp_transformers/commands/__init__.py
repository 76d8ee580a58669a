"""``radnlp train``: one module for each of its parts."""
