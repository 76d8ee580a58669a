"""What synthetic reports are made of, one TOML file for each kind: attributes, prompts, limits."""
