"""Texts in two languages side by side, and as files for a translator."""
