"""One person, one post, one term."""
