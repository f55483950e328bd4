"""Host posts and what they require."""
