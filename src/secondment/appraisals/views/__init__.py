"""Pages of democratic appraisals."""
