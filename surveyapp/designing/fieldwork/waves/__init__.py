"""Waves on screen: planned, opened, given other days and closed."""
