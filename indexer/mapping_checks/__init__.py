"""What the rules of a mapping catch of a feed."""
