"""Whether the pages that listings lead to are there: asked for seldom, kept, and told to their institutions."""
