"""From a GGUF to answers under a form; the only room that imports llama_cpp, and only when a model is opened."""
