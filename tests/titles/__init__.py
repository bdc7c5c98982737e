"""How well job titles are understood: `python -m tests.titles FILE`."""
