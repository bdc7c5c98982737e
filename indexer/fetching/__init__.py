"""Feeds that a server holds: asked for, checked, unpacked and kept as files."""
