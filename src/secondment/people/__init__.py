"""People: their careers, families, education and abilities."""
