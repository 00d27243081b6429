"""LimeSurvey's files, read into drafts."""
