"""What the things in the log are called now: the log keeps their codes, which never change."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask_babel import gettext as _

from surveyapp.i18n import language
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.waves import collector_by_code, slug_and_code
from surveyapp.storage.municipal.profiles import municipality, municipality_name

T = TypeVar("T")


class Names:
    """Names in the reader's language, each looked up once. What is gone keeps its code."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def _once(self, key: Hashable, look_up: Callable[[], T]) -> T:
        if key not in self._known:
            self._known[key] = look_up()
        found: T = self._known[key]
        return found

    def survey(self, slug: str) -> str:
        """Return the title of a survey in quotation marks, or its slug."""

        def look_up() -> str:
            found = survey_by_slug(slug)
            title = found.draft.title.get(language()) if found else ""
            return _("“%(title)s”", title=title or slug)

        return self._once(("survey", slug), look_up)

    def wave(self, slug: str, code: str) -> str:
        """Return a wave with its survey."""
        return _("wave %(wave)s of %(survey)s", wave=code, survey=self.survey(slug))

    def wave_by_id(self, wave_id: int) -> str:
        """Return a wave with its survey, or its number."""

        def look_up() -> str:
            found = slug_and_code(wave_id)
            return self.wave(*found) if found else _("wave number %(number)s", number=wave_id)

        return self._once(("wave", wave_id), look_up)

    def way_in(self, code: str) -> str:
        """Return a way in by its code, with its wave if it is known."""

        def look_up() -> str:
            found = collector_by_code(code)
            if found is None:
                return _("way in %(code)s", code=code)
            return _("way in %(code)s to %(wave)s", code=code, wave=self.wave_by_id(found.wave_id))

        return self._once(("way in", code), look_up)

    def municipality(self, slug: str) -> str:
        """Return the name of a municipality, or its slug."""

        def look_up() -> str:
            found = municipality(slug)
            return municipality_name(found.id, language()) if found else slug

        return self._once(("municipality", slug), look_up)
