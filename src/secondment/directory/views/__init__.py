"""Pages of the directory of units."""
