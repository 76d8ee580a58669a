"""What ``radnlp doctor`` says of llama_cpp and of a given model."""
