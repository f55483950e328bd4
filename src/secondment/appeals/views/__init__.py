"""Pages of results, reviews and appeals."""
