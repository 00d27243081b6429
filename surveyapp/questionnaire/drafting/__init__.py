"""Edits of a draft: commands on one node, and what they do to its words and conditions."""
