"""What ballots are worth (测评计算): the plain tally first, fair marks beside it, and how sure every figure is."""
