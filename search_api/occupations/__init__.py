"""Occupations in the reader: their outlook, wages and careers, and the best listings for each."""
