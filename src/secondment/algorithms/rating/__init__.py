"""Rating models (民主测评): severity-adjusted measures, how sure they are, and what follows from them."""
