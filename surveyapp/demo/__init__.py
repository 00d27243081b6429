"""The fictional county that shows the program at work: a guest of the command line."""
