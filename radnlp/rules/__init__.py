"""The built-in providers: rules over mentions. They import radnlp.api and nothing else of radnlp."""
