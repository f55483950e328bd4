"""Pages of reviews of abilities."""
