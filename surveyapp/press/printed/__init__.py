"""What is printed: booklets, copies of answers, posters, cards and letters."""
