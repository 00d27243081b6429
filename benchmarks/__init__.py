"""What the program costs: measured against an empty view in the same run, never a test."""
