"""Structure of a body of officials on a given day: distributions, crosses, comparison, gaps, retirement."""
