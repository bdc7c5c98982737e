"""schema.org descriptions of courses, from JSON-LD and from web pages, as rows."""
