"""Completes what is being typed: job titles, skills, tools, subjects, institutions and credentials."""
