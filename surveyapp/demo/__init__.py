"""The fictional county that shows the program at work."""
