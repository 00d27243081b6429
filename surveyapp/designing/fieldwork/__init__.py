"""Surveys in the field: waves, samples, ways in and what is printed for them."""
