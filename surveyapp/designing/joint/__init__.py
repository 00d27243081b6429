"""Joint plans on the screen: who takes part in a survey, and what is their own in it."""
