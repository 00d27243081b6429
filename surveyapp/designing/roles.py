"""Which roles the pages of this wing are for."""

from surveyapp.storage.people.staff import Role

# What each may change on them is decided command by command (questionnaire.commands).
WORKS_ON_DRAFTS = (Role.designer, Role.translator, Role.publisher)
RUNS_FIELDWORK = (Role.designer, Role.publisher)
MAKES = (Role.designer, Role.publisher)
