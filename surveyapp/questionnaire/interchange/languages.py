"""Languages as workbooks write them, "Français (fr)", and the codes of our documents."""

import re
import unicodedata

# Languages of Ontario's municipalities first; any other is written by its code.
NAMES = {
    "en": "English",
    "fr": "French",
    "ar": "Arabic",
    "cr": "Cree",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "hi": "Hindi",
    "it": "Italian",
    "iu": "Inuktitut",
    "oj": "Ojibwe",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "so": "Somali",
    "ta": "Tamil",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yue": "Cantonese",
    "zh": "Chinese",
}
_OWN_NAMES = {"francais": "fr", "anglais": "en", "espanol": "es", "arabe": "ar", "deutsch": "de"}
_OWN_NAMES |= {"العربية": "ar", "ᐊᓂᔑᓈᐯᒧᐎᓐ": "oj", "anishinaabemowin": "oj"}
_CODE = re.compile(r"^[a-z]{2,3}$")
_SUFFIX = re.compile(r"\(\s*([A-Za-z]{2,3})(?:[-_]\w+)*\s*\)\s*$")
_TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]\w+)*$")


def _bare(words: str) -> str:
    parts = unicodedata.normalize("NFD", words.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one)).strip()


_BY_NAME = {_bare(name): code for code, name in NAMES.items()} | _OWN_NAMES


def language_code(written: str) -> str | None:
    """Return the code for "French (fr)", "Français", "FR" or "fr-CA"; None if it tells none."""
    suffix = _SUFFIX.search(written)
    if suffix:
        return suffix.group(1).lower()
    named = _BY_NAME.get(_bare(written))
    if named:
        return named
    tag = _TAG.match(written.strip())
    return tag.group(1).lower() if tag and _CODE.match(tag.group(1).lower()) else None


def language_name(code: str) -> str:
    """Write a language as XLSForm does: "French (fr)"."""
    return f"{NAMES.get(code, code)} ({code})"
