"""Assignment under side rules: shares by region, teams, couples, balance, pyramids, overlap; with proof."""
