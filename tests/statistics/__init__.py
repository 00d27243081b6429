"""The workshop, tested on numbers that were published elsewhere and on attackers of our own."""
