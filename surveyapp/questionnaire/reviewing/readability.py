"""How hard words are to read: a formula known for each language, and what it is made of.

English: Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, 1975, Derivation of
New Readability Formulas for Navy Enlisted Personnel). French: the reading ease of Kandel and
Moles (1958, Application de l'indice de Flesch à la langue française). Syllables are counted by
groups of vowels, as both formulas were first counted by ear: a word is off by one now and then.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.?!…]+(?:\s|$)")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’']", re.IGNORECASE)
# Vowels side by side that are two syllables, and an e that is none within a word or at its end.
_ENGLISH_TWO = re.compile(
    r"(?<![ctgsl])ia(?!ge)|lia(?=b)|(?<![ctgs])io(?!ns?$)|(?<=[ai][dr])ea(?=s?$)|(?<!g)eo(?!ple)|iety"
    r"|(?<![ct])ie(?=t$|n[ct])|[eoy]ing$|(?<![qg])ua|(?<=cr)ea(?=t[eio])|oe(?=[tm])"
)
_ENGLISH_WITHIN = re.compile(
    r"(?<=[^aeiouyl])e(?=ly$|ful|less|ment)|(?<=saf)e(?=t)|(?<=som)e(?=[otw])|(?<=hous)e(?=h)"
)
_ENGLISH_MUTE = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|(?:[^aeiouysxzcghl]|[aeiouy]l|th)es$"
)
_FRENCH_TWO = re.compile(r"é[aâoiuè]|(?<=[bcdfgpt][lr])i[éeo]|ao(?!u)|oï|aï|ua(?!n)|pay(?=s)")


def words_in(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return _WORD.findall(text)


def sentences_in(text: str) -> int:
    """Count the sentences of a text: one that is not ended counts too."""
    return max(1, len([one for one in _SENTENCE.split(text.strip()) if words_in(one)]))


def english_syllables(word: str) -> int:
    """Count the syllables of an English word."""
    bare = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    bare = _ENGLISH_WITHIN.sub("", bare)
    groups = len(re.findall(r"[aeiouy]+", bare)) + len(_ENGLISH_TWO.findall(bare))
    return max(1, groups - bool(_ENGLISH_MUTE.search(bare)))


def french_syllables(word: str) -> int:
    """Count the syllables of a French word as it is said: a mute e at the end is none."""
    bare = unicodedata.normalize("NFC", _ELIDED.sub("", word)).lower()
    vowels = "aeiouyàâäéèêëîïôöùûüœæ"
    bare = re.sub(r"(?<=[gq])u(?=[eiéèêa’'])", "", bare)
    groups = len(re.findall(f"[{vowels}]+", bare)) + len(_FRENCH_TWO.findall(bare))
    if re.search(f"[^{vowels}](?:e|es)$", bare):
        groups -= 1
    return max(1, groups)


def _means(text: str, syllables: Callable[[str], int]) -> tuple[float, float]:
    found = words_in(text)
    if not found:
        return 0.0, 0.0
    return len(found) / sentences_in(text), sum(map(syllables, found)) / len(found)


def flesch_kincaid(text: str) -> float:
    """Return the school grade at which an English text can be read; higher is harder."""
    words, syllables = _means(text, english_syllables)
    return 0.39 * words + 11.8 * syllables - 15.59


def kandel_moles(text: str) -> float:
    """Return the reading ease of a French text: 100 is easy, 30 and less is for specialists."""
    words, syllables = _means(text, french_syllables)
    return 207 - 1.015 * words - 73.6 * syllables


FORMULAS: Mapping[str, Callable[[str], float]] = {"en": flesch_kincaid, "fr": kandel_moles}
