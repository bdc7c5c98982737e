"""The writer: feeds in, a verified index out."""
