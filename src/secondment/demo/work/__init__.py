"""What people in post lived through, day by day: what it is made of, before any database."""
