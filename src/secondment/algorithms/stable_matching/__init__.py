"""Two-sided matching with preferences of both sides."""
