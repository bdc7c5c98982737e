"""The contract between the writer and the reader: what a listing and an occupation are, and how they are indexed."""
