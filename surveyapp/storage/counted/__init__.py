"""What is counted: the matrix of a wave, and the results that were made of it."""
