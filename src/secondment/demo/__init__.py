"""Synthetic people on real places."""
