"""The front room: a page of a questionnaire as fields, and problems as sentences."""
