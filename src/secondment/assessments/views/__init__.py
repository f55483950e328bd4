"""Pages of yearly assessments."""
