"""Democratic appraisals (民主测评): rosters, codes, the ballot box, and what was counted."""
