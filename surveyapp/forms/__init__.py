"""The front room: a page of a questionnaire as form fields and sentences."""
