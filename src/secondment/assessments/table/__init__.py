"""The committee's table: what the figures of a pool support, what they do not, and what the meeting decides."""
