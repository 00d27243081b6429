"""A survey in four languages: Arabic is written from the right, Ojibwe in syllabics.

The Arabic says what the English does. The Ojibwe are single attested words that stand where a
translation would: they try the script and its fonts, and nobody is asked anything with them.
"""

from surveyapp.questionnaire.tongues import direction
from tests.questionnaire.making import Document, document, option, question, section

LANGUAGES = ("en", "fr", "ar", "oj")
FURTHER = ("ar", "oj")
OWN_NAMES = {"ar": "العربية", "oj": "ᐊᓂᔑᓈᐯᒧᐎᓐ"}
TITLES = {"ar": "السلامة في الحي", "oj": "ᐊᓂᔑᓈᐯᒧᐎᓐ"}
SAFE = {"ar": "هل تشعر بالأمان في حيّك ليلاً؟", "oj": "ᐋᓃᓐ ᐁᔑ ᐊᔮᔭᓐ?"}
YES = {"ar": "نعم", "oj": "ᐁᐦ"}
# Written by a resident in each: words, a number and a full stop that must keep their places.
ANSWERS = {"ar": "الإضاءة في شارع 12.", "oj": "ᓂᐱ, ᒪᑭᓯᐣ 12."}


def words(english: str, arabic: str, ojibwe: str) -> dict[str, str]:
    """Give a text in the four languages."""
    return {"en": english, "fr": f"{english} (fr)", "ar": arabic, "oj": ojibwe}


def _options(*said: tuple[str, str, str], **more: object) -> list[Document]:
    return [
        option(english.split()[0].lower(), label=words(english, arabic, ojibwe), **more)
        for english, arabic, ojibwe in said
    ]


def _street() -> Document:
    scored = [("Good", "جيد", "ᐁᐦ", 100), ("Fair", "مقبول", "ᐯᔑᒃ", 50), ("Poor", "سيئ", "ᑳᐎᓐ", 0)]
    return question(
        "battery",
        "street",
        text=words("What do you think of your street?", "ما رأيك في شارعك؟", "ᐊᓂᔑᓈᐯ?"),
        statements=[
            {"id": "calm", "text": words("It is calm", "هادئ", "ᐴᔓ")},
            {"id": "clean", "text": words("It is clean", "نظيف", "ᓂᐱ")},
        ],
        options=[
            option(english.lower(), label=words(english, arabic, ojibwe), score=score)
            for english, arabic, ojibwe, score in scored
        ],
    )


def survey() -> Document:
    """Give a document with most kinds of question in all four languages."""
    safe = question(
        "single",
        "safe",
        text=words("Do you feel safe at night?", SAFE["ar"], SAFE["oj"]),
        options=[
            *_options(("Yes", YES["ar"], YES["oj"]), ("No", "لا", "ᑳᐎᓐ")),
            option("unsure", label=words("I am not sure", "لا أعرف", "ᐴᔓ"), role="dont_know"),
        ],
    )
    uses = question(
        "multiple",
        "uses",
        text=words("What do you use?", "ماذا تستخدم؟", "ᒪᑭᓯᐣ?"),
        hint=words("Buses count.", "بما في ذلك الحافلات.", "ᒦᑵᒡ."),
        options=[
            *_options(("Bus", "الحافلة", "ᐯᔑᒃ"), ("Bicycle", "الدراجة", "ᓃᔥ")),
            option("none", label=words("None of these", "لا شيء من هذا", "ᑳᐎᓐ"), exclusive=True),
        ],
    )
    first = question(
        "rank",
        "first",
        text=words("What matters most?", "ما الأهم لك؟", "ᓂᐱ?"),
        options=_options(
            ("Light", "الإضاءة", "ᐁᐦ"), ("Transit", "النقل", "ᓃᔥ"), ("Parks", "الحدائق", "ᓂᐱ")
        ),
        at_most=2,
        top=2,
    )
    years = question(
        "number",
        "years",
        text=words("How many years have you lived here?", "كم سنة عشت هنا؟", "ᐯᔑᒃ?"),
        unit=words("years", "سنة", "ᓃᔥ"),
        minimum=0,
        maximum=90,
        prefer_not=True,
    )
    better = question(
        "text",
        "better",
        text=words("What could be better?", "ما الذي يمكن تحسينه؟", "ᒦᑵᒡ?"),
        long=True,
        at_most=200,
    )
    place = question("place", "place", text=words("Where do you live?", "أين تسكن؟", "ᐊᓂᔑᓈᐯ?"))
    made = document(
        section("home", place, safe, title=words("Home", "منزلك", "ᐴᔓ")),
        section("street_page", _street(), uses, title=words("Street", "شارعك", "ᓂᐱ")),
        section("end", first, years, better, title=words("Last", "أخيراً", "ᒦᑵᒡ")),
        title=words("Safety near home", TITLES["ar"], TITLES["oj"]),
        summary=words("Short questions.", "أسئلة قصيرة عن حيّك.", "ᐴᔓ. ᒦᑵᒡ."),
        thanks=words("Thank you", "شكراً لك", "ᒦᑵᒡ"),
        languages=list(LANGUAGES),
        minutes=3,
    )
    made["notice"] = {
        "authority": words("The Municipal Act", "قانون البلديات", "ᐊᓂᔑᓈᐯ"),
        "purpose": words("Planning", "للتخطيط لسلامة المجتمع.", "ᒦᑵᒡ"),
    }
    return made


def way(language: str) -> str:
    """Return which way a language is written."""
    return direction(language)
