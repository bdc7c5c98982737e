"""Links of listings, asked of real servers."""
