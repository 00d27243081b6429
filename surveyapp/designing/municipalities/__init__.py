"""Municipalities on screen: their names, words, help lines and logo."""
