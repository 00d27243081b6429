"""What staff type into a field, made plain before it is judged."""

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError


def count_of(written: str) -> int | None:
    """Read a whole number with or without separators; None when it is none."""
    bare = "".join(written.split()).replace(",", "")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else None


def one_line(written: str | None) -> str | None:
    """Leave out of a name what nobody sees, as it comes with what is pasted."""
    line = "".join(one if one.isprintable() else " " for one in written or "")
    return " ".join(line.split()) or None


def is_whole(_form: FlaskForm, field: StringField) -> None:
    """Refuse what is written and is no whole number."""
    if field.data and count_of(field.data) is None:
        raise ValidationError(_("Write a whole number in digits, such as 1200"))
