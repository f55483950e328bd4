"""Pages of the demand for posts."""
