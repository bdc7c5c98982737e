"""Plans: a sequence of listings that covers what an occupation needs beyond what one has, within one's limits."""
