"""The workshop: pure numbers in, numbers out."""
