"""What a sentence is for, by a fine-tuned encoder or causal model."""
