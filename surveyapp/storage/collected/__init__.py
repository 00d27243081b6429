"""What residents gave: visits, responses, codes to come back with, and sheets typed in."""
