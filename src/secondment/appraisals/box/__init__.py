"""The ballot box: one file for each appraisal, apart from the database, as long as voting is open ([ADR 19])."""
