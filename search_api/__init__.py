"""The reader: requests in, ranked credentials out."""
