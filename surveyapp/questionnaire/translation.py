"""Texts as pairs: what a rewritten wording makes of its translations, and how much is left."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from surveyapp.questionnaire.completeness import texts
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.text import Source, Text, TranslationState, plain, text_hash


def _sources(before: Text, changed: Mapping[str, str]) -> dict[str, Source]:
    """Remember, for each language left alone, the wording that it was made from.

    A translation written before anybody kept count was made from what stood beside it.
    """
    sources = {code: one for code, one in before.sources.items() if code not in changed}
    for code in before.wordings:
        made_from = next(iter(changed), None)
        if code not in changed and code not in sources and made_from and before.get(made_from):
            old = before.sources.get(made_from)
            # A source does not age when its own translation is mended.
            if old is None or old.language != code:
                sources[code] = Source(language=made_from, hash=text_hash(before.get(made_from)))
    return sources


def rewritten(before: Text, wordings: Mapping[str, str], holds: Collection[str] = ()) -> Text:
    """Return a text with new wordings; an empty one takes the language away.

    Whoever rewrites a translation made it from its source as that now stands; whoever rewrites
    a source leaves its translations stale, unless both are written at once or ``holds`` says
    that a translation still means the same. The languages are equal: either can be the source.

    :raise ValueError: for a character that cannot be shown.
    """
    wanted = {code: plain(words).strip() for code, words in wordings.items()}
    changed = {code: words for code, words in wanted.items() if words != before.get(code)}
    now = {code: words for code, words in {**before.wordings, **changed}.items() if words}
    sources = _sources(before, changed)
    # Of two wordings written at once the first is the source.
    for code in (*reversed(changed), *holds):
        made_from = before.sources[code].language if code in before.sources else _other(now, code)
        if made_from and code in now and now.get(made_from) and not _is_source(sources, now, code):
            sources[code] = Source(language=made_from, hash=text_hash(now[made_from]))
    kept = {c: one for c, one in sources.items() if c in now and one.language in now}
    return Text(wordings=now, sources=kept)


def _other(now: Mapping[str, str], code: str) -> str:
    return next((one for one in now if one != code), "")


def _is_source(sources: Mapping[str, Source], now: Mapping[str, str], code: str) -> bool:
    """Tell whether another language is made from this one: then it is made from none."""
    return any(one.language == code for name, one in sources.items() if name in now)


@dataclass(frozen=True)
class Place:
    """A text of the draft with its path of ids and field names, and its state in a language."""

    path: str
    text: Text
    state: TranslationState


def places(draft: Draft, language: str) -> Iterator[Place]:
    """Walk every text of a draft in the order of the document."""
    for path, text in texts(draft):
        yield Place(path, text, text.state(language))


@dataclass(frozen=True)
class Progress:
    """How far a language is: texts by state, and words written."""

    missing: int
    stale: int
    current: int
    words: int

    @property
    def total(self) -> int:
        """All texts."""
        return self.missing + self.stale + self.current


def progress(draft: Draft, language: str) -> Progress:
    """Count the texts of a language by state, and its words."""
    found = [(one.state, one.text.get(language)) for one in places(draft, language)]
    counts = {state: sum(one is state for one, _ in found) for state in TranslationState}
    return Progress(
        missing=counts[TranslationState.missing],
        stale=counts[TranslationState.stale],
        current=counts[TranslationState.current],
        words=sum(len(words.split()) for _, words in found),
    )
