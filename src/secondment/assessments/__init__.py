"""The yearly assessment: who assesses, both opinions, places, the decision and its result."""
