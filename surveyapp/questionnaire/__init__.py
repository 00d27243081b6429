"""The hearth: what a survey is, what an answer is, and when a questionnaire may be published."""
