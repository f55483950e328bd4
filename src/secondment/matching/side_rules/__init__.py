"""Rules about an entire plan: set by the campaign, kept in the snapshot, solved, reported rule by rule."""
