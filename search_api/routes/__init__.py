"""The edge: addresses and what answers them."""
