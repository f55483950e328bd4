"""Unit tree and regions."""
