"""Those who sign in: accounts, links, sessions and second steps."""
