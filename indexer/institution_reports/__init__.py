"""What each institution is told of its feeds: pages, rows to put right, and the same for a program."""
