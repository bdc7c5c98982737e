"""Mappings proposed for files nobody has mapped yet."""
