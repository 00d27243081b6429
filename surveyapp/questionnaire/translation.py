"""Texts as pairs: what a rewritten wording makes of its translations, and how much is left."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import child, list_names, text_fields
from surveyapp.questionnaire.text import Source, Text, TranslationState, plain, text_hash
from surveyapp.questionnaire.typography import typeset_french


def _sources(before: Text, changed: Mapping[str, str]) -> dict[str, Source]:
    """Remember, for each language left alone, the wording that it was made from.

    A translation written before anybody kept count was made from what stood beside it.
    """
    sources = {code: one for code, one in before.sources.items() if code not in changed}
    made_from = next(iter(changed), "")
    # Neither its source nor another original ages when a translation is mended.
    if before.get(made_from) and made_from not in before.sources:
        old = Source(language=made_from, hash=text_hash(before.get(made_from)))
        sources |= {c: old for c in before.wordings if c not in changed and c not in sources}
    return sources


def rewritten(
    before: Text,
    wordings: Mapping[str, str],
    holds: Collection[str] = (),
    source: str | None = None,
) -> Text:
    """Return a text with new wordings; an empty one takes the language away.

    Whoever rewrites a translation made it from its source as that now stands; whoever rewrites
    a source leaves its translations stale, unless both are written at once or ``holds`` says
    that a translation still means the same. The languages are equal: either can be the source;
    ``source`` names it for languages that have none yet, or another one than is known.

    :raise ValueError: for a character that cannot be shown.
    """
    wanted = {code: plain(words).strip() for code, words in wordings.items()}
    changed = {code: words for code, words in wanted.items() if words != before.get(code)}
    now = {code: words for code, words in {**before.wordings, **changed}.items() if words}
    sources = _sources(before, changed)
    # Of two wordings written at once the first is the source.
    for code in (*reversed(changed), *holds):
        known = before.sources[code].language if code in before.sources else _other(now, code)
        made_from = source if source and source != code else known
        if made_from and code in now and now.get(made_from) and not _is_source(sources, now, code):
            sources[code] = Source(language=made_from, hash=text_hash(now[made_from]))
    kept = {c: one for c, one in sources.items() if c in now and one.language in now}
    return Text(wordings=now, sources=kept)


def _other(now: Mapping[str, str], code: str) -> str:
    return next((one for one in now if one != code), "")


def _is_source(sources: Mapping[str, Source], now: Mapping[str, str], code: str) -> bool:
    """Tell whether another language is made from this one: then it is made from none."""
    return any(one.language == code for name, one in sources.items() if name in now)


def typeset(before: Text, language: str = "fr") -> Text:
    """Return a text with its French as it is typeset in Canada.

    Nothing else was said before, so that nothing becomes stale, and what was approved stays so.
    """
    words = typeset_french(before.get(language))
    old, new = text_hash(before.get(language)), text_hash(words)

    def followed(code: str, one: Source) -> Source:
        made_from = new if one.language == language and one.hash == old else one.hash
        approved = new if code == language and one.approved == old else one.approved
        return one.model_copy(update={"hash": made_from, "approved": approved})

    sources = {code: followed(code, one) for code, one in before.sources.items()}
    wordings = {**before.wordings, language: words} if words else before.wordings
    return before.model_copy(update={"wordings": wordings, "sources": sources})


@dataclass(frozen=True)
class Place:
    """A text of the draft by the address of its node and its name there, with its state."""

    where: str
    name: str
    text: Text
    state: TranslationState


def _below(where: str, node: Node) -> Iterator[tuple[str, str, Text]]:
    for name in text_fields(type(node)):
        text = getattr(node, name)
        if text is not None:
            yield where, name, text
    for alone in ("notice", "youth") if not where else ():
        held = getattr(node, alone)
        if held is not None:
            yield from _below(alone, held)
    for name in list_names(node):
        for one in getattr(node, name):
            yield from _below(child(where, name, one.id), one)


def places(draft: Draft, language: str) -> Iterator[Place]:
    """Walk every text of a draft: those of the whole, then page by page, then the tags."""
    for where, name, text in _below("", draft):
        yield Place(where, name, text, text.state(language))


def source_of(text: Text, language: str, languages: Sequence[str]) -> str:
    """Name the language that a text is translated from, or would be: the first that has words."""
    known = text.sources.get(language)
    if known:
        return known.language
    return next((one for one in languages if one != language and text.get(one).strip()), "")


@dataclass(frozen=True)
class Progress:
    """How far a language is: texts by state, words written, and words still to be translated."""

    counts: Mapping[TranslationState, int]
    words: int
    words_left: int

    @property
    def total(self) -> int:
        """All texts."""
        return sum(self.counts.values())

    @property
    def missing(self) -> int:
        """Texts that are not written."""
        return self.counts[TranslationState.missing]

    @property
    def stale(self) -> int:
        """Texts whose source changed since."""
        return self.counts[TranslationState.stale]


def count_words(words: str) -> int:
    """Count words as a translator is paid for them: what stands between spaces and is a word."""
    return sum(any(letter.isalnum() for letter in one) for one in words.split())


def progress(draft: Draft, language: str) -> Progress:
    """Count the texts of a language by state, its words, and those of what is left."""
    return progress_of(tuple(places(draft, language)), language, draft.languages)


def progress_of(found: Sequence[Place], language: str, languages: Sequence[str]) -> Progress:
    """Count some of a draft's texts, as ``progress`` does all."""
    counts = Counter(one.state for one in found)
    left = [one.text for one in found if not one.state.is_current]
    sources = [(text, source_of(text, language, languages)) for text in left]
    return Progress(
        counts={state: counts[state] for state in TranslationState},
        words=sum(count_words(one.text.get(language)) for one in found),
        words_left=sum(count_words(text.get(source)) for text, source in sources),
    )
