"""The columns of the public files, in their contracted order, with their types."""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """Types of a column, as Frictionless names them."""

    string = "string"
    integer = "integer"
    number = "number"
    boolean = "boolean"
    date = "date"
    datetime = "datetime"


@dataclass(frozen=True)
class Field:
    """A column. ``is_text``: words that somebody typed, guarded against spreadsheet formulas."""

    name: str
    type: Type = Type.string
    is_text: bool = False


def _fields(type_: Type, *names: str) -> tuple[Field, ...]:
    return tuple(Field(name, type_) for name in names)


def _texts(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, Type.string, is_text=True) for name in names)


HEADING = (
    *_fields(Type.string, "survey_code", "wave", "sample_id", "sample_type", "mode"),
    *_fields(Type.string, "weighting_id", "boundary_set"),
    *_fields(Type.integer, "release_no"),
    *_fields(Type.date, "fieldwork_start", "fieldwork_end"),
)
_PLACE = (
    *_fields(Type.string, "geo_level"),
    *_texts("geo_id", "geo_name_en", "geo_name_fr"),
)
_DIFFERENCES = (
    *_fields(Type.number, "diff_from_rest"),
    *_fields(Type.string, "diff_call"),
    *_fields(Type.number, "wave_diff"),
    *_fields(Type.string, "wave_diff_call"),
)
_MARKS = (
    *_fields(Type.boolean, "suppressed"),
    *_fields(Type.string, "suppression_reason", "quality_flag"),
    *_fields(Type.datetime, "generated_at"),
)

AREA_FIELDS = (
    *HEADING,
    *_PLACE,
    *_fields(Type.integer, "population"),
    *_fields(Type.string, "area_code"),
    *_texts("area_name_en", "area_name_fr"),
    *_fields(Type.integer, "items", "n"),
    *_fields(Type.number, "n_eff", "index", "index_ci_low", "index_ci_high"),
    *_fields(Type.string, "index_ci_method"),
    *_fields(Type.number, "favourable_pct", "favourable_ci_low", "favourable_ci_high"),
    *_fields(Type.string, "favourable_ci_method"),
    *_DIFFERENCES,
    *_MARKS,
)
COMPOSITION_FIELDS = (
    *HEADING,
    *_fields(Type.string, "area_code"),
    *_texts("area_name_en", "area_name_fr"),
    *_fields(Type.string, "row_kind", "item_code"),
    *_texts("item_text_en", "item_text_fr"),
    *_fields(Type.number, "class_low", "class_high"),
    *_fields(Type.integer, "n"),
    *_fields(Type.number, "pct", "alpha"),
    *_fields(Type.boolean, "suppressed"),
    *_fields(Type.string, "suppression_reason"),
    *_fields(Type.datetime, "generated_at"),
)
ITEM_FIELDS = (
    *HEADING,
    *_fields(Type.string, "item_code"),
    *_fields(Type.integer, "item_version"),
    *_texts("item_text_en", "item_text_fr"),
    *_fields(Type.string, "item_type", "area_codes", "factor_codes"),
    *_PLACE,
    *_fields(Type.string, "group_var", "group_value", "row_kind", "option_code"),
    *_texts("option_label_en", "option_label_fr"),
    *_fields(Type.string, "option_role"),
    *_fields(Type.integer, "n", "base_n"),
    *_fields(Type.string, "base_definition"),
    *_fields(Type.integer, "asked_n", "blank_n", "dont_know_n", "prefer_not_n"),
    *_fields(Type.number, "pct", "ci_low", "ci_high"),
    *_fields(Type.string, "ci_method"),
    *_fields(Type.number, "mean", "index", "top_share", "se", "n_eff"),
    *_DIFFERENCES,
    *_MARKS,
)
