"""Waves in the field: when they are open, whom they ask, and the ways in."""
