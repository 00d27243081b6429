"""Questionnaires to and from other programs: XLSForm workbooks, LimeSurvey files, our own JSON."""
