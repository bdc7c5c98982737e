"""Golden queries at the gate: asked of the new index and of the served one, and what they lose or win."""
