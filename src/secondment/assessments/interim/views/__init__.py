"""Pages of routine, mid-term and special assessments."""
