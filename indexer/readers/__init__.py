"""A reader per kind of file: raw values with the file's own row numbers."""
