"""A model as one folder: what is written, what is read, what is refused."""
