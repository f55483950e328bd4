"""From quantitative marks, stated facts and votes to one composite a person, with its interval and what would change it."""
