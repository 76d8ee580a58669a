"""From reports to models: tokenizer, masked language model, fine-tuning."""
