"""Words for the open questions: invented, harmless, in the language somebody answered in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from surveyapp.demo.respondents import Chance

# Of those who reach an open question, these write something.
WRITES: Mapping[str, float] = {"strengths": 0.34, "concerns": 0.42}
WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "strengths": {
        "en": (
            "The library and the people who work there.",
            "Quiet streets and neighbours who say hello.",
            "The trail along the shore.",
            "Everything I need is within walking distance.",
            "The Saturday market.",
            "Good schools and a rink that is always busy.",
            "People help each other after a storm.",
            "The harbour in the evening.",
            "Volunteers keep this place going.",
            "Parks",
            "My street looks out for the older people on it.",
            "The community garden behind the fire hall.",
        ),
        "fr": (
            "La bibliothèque et l’équipe qui y travaille.",
            "Des rues tranquilles et un voisinage qui se salue.",
            "Le sentier au bord de l’eau.",
            "Tout ce qu’il me faut est à distance de marche.",
            "Le marché du samedi.",
            "De bonnes écoles et une patinoire toujours pleine.",
            "On s’entraide après une tempête.",
            "Le port, le soir.",
            "Les bénévoles font vivre la place.",
            "Les parcs",
            "Dans ma rue, on veille sur les personnes âgées.",
            "On peut vivre en français ici, et j’y tiens.",
        ),
    },
    "concerns": {
        "en": (
            "Better lighting between the station and Market Square.",
            "A bus that runs after nine.",
            "More homes that people can afford.",
            "Somebody to call who is not the police when a neighbour is in crisis.",
            "Slow the traffic down near the school.",
            "A walk-in clinic that is open on weekends.",
            "Something for teenagers to do in winter.",
            "Clear the sidewalks sooner after snow.",
            "More visits to people who live alone.",
            "Answer the phone in both languages.",
            "Lights",
            "A warm place to go at night in January.",
            "Tell us what was done with the last survey.",
        ),
        "fr": (
            "Un meilleur éclairage entre la gare et la place du Marché.",
            "Un autobus qui passe après 21 h.",
            "Plus de logements abordables.",
            "Un autre service que la police à appeler quand un voisin est en crise.",
            "Faire ralentir la circulation près de l’école.",
            "Une clinique sans rendez-vous ouverte la fin de semaine.",
            "Des activités pour les jeunes en hiver.",
            "Déneiger les trottoirs plus vite.",
            "Plus de visites aux personnes qui vivent seules.",
            "Répondre au téléphone dans les deux langues.",
            "L’éclairage",
            "Un endroit chaud où aller la nuit en janvier.",
            "Nous dire ce qu’a donné le dernier sondage.",
        ),
    },
    "priorities.other": {
        "en": ("Public transit", "Clean water", "Seniors", "Snow clearing"),
        "fr": ("Transport en commun", "Qualité de l’eau", "Personnes aînées", "Déneigement"),
    },
}


def words(key: str, french: npt.NDArray[np.bool_], chance: Chance) -> npt.NDArray[np.object_]:
    """Draw what people write under a key, one or two sentences; a blank for those who do not."""
    number = len(french)
    answers = np.full(number, None, dtype=object)
    if key not in WORDS:
        return answers
    writes = chance.random(number) < WRITES.get(key, 1.0)
    twice = chance.random(number) < 0.2 * (key in WRITES)
    for language, mine in (("en", writes & ~french), ("fr", writes & french)):
        said: npt.NDArray[Any] = np.array(WORDS[key][language], dtype=object)
        first = chance.integers(0, len(said), int(mine.sum()))
        step = chance.integers(1, len(said), int(mine.sum()))
        more = " " + said[(first + step) % len(said)]
        answers[mine] = said[first] + np.where(twice[mine], more, "")
    return answers
