"""Pages of task books."""
