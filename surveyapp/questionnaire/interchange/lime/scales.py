"""The scales that LimeSurvey brings along with a type: it has no rows for their labels."""

from surveyapp.questionnaire.interchange.own import Document

Labels = tuple[tuple[str, str, str], ...]

_YES_NO: Labels = (("Y", "Yes", "Oui"), ("N", "No", "Non"))
_UNCERTAIN: Labels = (("Y", "Yes", "Oui"), ("U", "Uncertain", "Incertain"), ("N", "No", "Non"))
_GENDER: Labels = (("F", "Female", "Femme"), ("M", "Male", "Homme"))
_CHANGE: Labels = (
    ("I", "Increase", "Augmentation"),
    ("S", "Same", "Sans changement"),
    ("D", "Decrease", "Diminution"),
)


def _points(most: int) -> Labels:
    return tuple((str(one), str(one), str(one)) for one in range(1, most + 1))


LABELS_OF: dict[str, Labels] = {
    "Y": _YES_NO,
    "G": _GENDER,
    "5": _points(5),
    "A": _points(5),
    "B": _points(10),
    "C": _UNCERTAIN,
    "E": _CHANGE,
}


def scale(kind: str) -> tuple[list[Document], dict[str, str]]:
    """Return the options of a type, and our id of each of its codes."""
    labels = LABELS_OF[kind]
    codes = {code: f"n{code}" if code.isdigit() else code.lower() for code, _, _ in labels}
    options = [
        {"id": codes[code], "label": {"en": english, "fr": french}}
        for code, english, french in labels
    ]
    return options, codes
