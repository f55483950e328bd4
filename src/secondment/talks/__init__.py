"""Talks with secondees, training and meetings, complaints and suggestions."""
