"""Goals: advance in an occupation, move to another, stay current in one's own. Each changes the order and says why."""
