"""Relations, sentence classes and synthetic reports for radnlp by a local GGUF model."""
