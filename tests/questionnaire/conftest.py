"""Property tests here are judged by what they find, not by how loaded the machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "questionnaire",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("questionnaire")
