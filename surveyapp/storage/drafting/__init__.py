"""Surveys while they are written: drafts, their files, the library, partners of joint plans."""
