"""Sizes of files."""

MEGABYTE = 1_000_000
