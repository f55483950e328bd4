"""A body of officials over the coming years: who is there by month, what becomes empty, what a plan would change."""
