"""Sites: the pages that a site map names, fetched gently and kept as files."""
