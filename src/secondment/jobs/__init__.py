"""Background jobs with progress and cancel."""
