"""Write appraisals: one function for each act."""
