"""What the pages of results show, for staff and for residents alike: public tables only."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort
from flask_babel import format_date, format_datetime, format_decimal, ngettext
from flask_babel import gettext as _

from surveyapp.i18n import language
from surveyapp.press.boards import LEVELS, Board, Figure, Line, board, ordered
from surveyapp.press.composition import composition
from surveyapp.press.item_boards import ItemBoard, item_board, item_boards
from surveyapp.press.published import Published
from surveyapp.press.sampling import outcome, sample_words
from surveyapp.questionnaire.framework import AREA_NAMES, Area
from surveyapp.questionnaire.model import items
from surveyapp.reporting.choosing import chosen, chosen_of
from surveyapp.storage.drafting.surveys import newest_edition
from surveyapp.storage.field.waves import Sample, Wave, samples_of
from surveyapp.storage.municipal.places import collation, place_tree


def area_names() -> dict[str, str]:
    """Return the names of the areas in the reader's language."""
    return {area.value: AREA_NAMES[area][language()] for area in Area}


def level_words(level: str) -> str:
    """Name the places of a level."""
    words = {
        "neighbourhood": _("Neighbourhoods"),
        "municipality": _("Municipalities"),
        "region": _("Regions"),
    }
    return str(words[level])


def place_heading(level: str, area: str) -> str:
    """Head the table of one area's places."""
    names = area_names()
    words = {
        "neighbourhood": _("By neighbourhood: %(area)s", area=names[area]),
        "municipality": _("By municipality: %(area)s", area=names[area]),
        "region": _("By region: %(area)s", area=names[area]),
    }
    return str(words[level])


def samples_with_figures(published: Published, wave: Wave) -> tuple[Sample, ...]:
    """List the samples that somebody answered, as the figures name them."""
    counted = [one["id"] for one in published.manifest["samples"]]
    return tuple(one for one in samples_of(wave.id) if one.code in counted)


def chosen_sample(published: Published, wave: Wave) -> tuple[tuple[Sample, ...], Sample]:
    """Return the samples there are, and the one that the address names."""
    samples = samples_with_figures(published, wave)
    if not samples:
        abort(404)
    return samples, chosen_of(samples)


def source(published: Published, sample: Sample, wave: Wave) -> str:
    """Say where figures come from: sample, wave and cut-off, under every table."""
    return str(
        _(
            "Sample: %(sample)s. Wave %(wave)s, answers up to %(day)s.",
            sample=sample.names[language()],
            wave=wave.code,
            day=format_date(wave.day(published.cut_off_at), "long"),
        )
    )


def said_of(published: Published, sample: Sample) -> str:
    """Say what a sample can tell, and how a probability sample came out."""
    # As it was counted: the number invited can be mended after a release, which stands.
    told = {one["id"]: one["invited"] for one in published.manifest["samples"]}
    invited = told.get(sample.code)
    found = outcome(published.areas, published.items, invited, sample_id=sample.code)
    return sample_words(sample.type, found)


def cut_off(published: Published, wave: Wave) -> str:
    """Say to the minute, where the wave is held, up to when answers are counted."""
    local = published.cut_off_at.astimezone(ZoneInfo(wave.time_zone))
    return str(format_datetime(local, "short", rebase=False))


def local_items(wave: Wave) -> dict[str, str]:
    """Return the items that only some places were asked, with the names of the places."""
    newest = newest_edition(wave.survey_id)
    names = place_tree(wave.place_set_id).names(language())
    return {
        item.key: ", ".join(names.get(code, code) for code in item.question.only_for)
        for item in (items(newest.questionnaire) if newest else ())
        if item.question.only_for
    }


def _words(figure: Figure) -> str:
    return str(format_decimal(figure.value, "0" if figure.whole else "0.0"))


def finding(found: Board) -> str:
    """Say the answer first: the highest and the lowest of the areas, or that none is shown."""
    names = area_names()
    shown = [
        (figure.value, area.value, figure)
        for area in found.areas
        if (figure := found.everybody.figures[area.value]).value is not None
    ]
    if len(shown) < 2:
        return ""
    top, bottom = max(shown, key=lambda one: one[0]), min(shown, key=lambda one: one[0])
    return str(
        _(
            "Highest of the areas: %(top)s, %(high)s out of 100. Lowest: %(bottom)s, %(low)s.",
            top=names[top[1]],
            high=_words(top[2]),
            bottom=names[bottom[1]],
            low=_words(bottom[2]),
        )
    )


def place_finding(lines: tuple[Line, ...], area: str) -> str:
    """Say how many places are shown and how far apart they lie, without naming a worst one."""
    shown = [one.figures[area] for one in lines if one.figures[area].value is not None]
    if not shown:
        return str(_("No place has enough answers for its own figure."))
    counted = ngettext(
        "%(shown)s of %(num)s place has a figure.",
        "%(shown)s of %(num)s places have a figure.",
        len(lines),
        shown=len(shown),
    )
    if len(shown) == 1:
        return str(counted)
    low = min(shown, key=lambda one: one.value or 0.0)
    high = max(shown, key=lambda one: one.value or 0.0)
    spread = _(
        "They lie between %(low)s and %(high)s; whether they differ by more than chance has not"
        " been tested.",
        low=_words(low),
        high=_words(high),
    )
    return f"{counted} {spread}"


def _places(found: Board) -> Mapping[str, Any]:
    """Return what the tables of places show, as the address asks."""
    if not found.areas or not found.places:
        return {"area": "", "lines": ()}
    areas = [area.value for area in found.areas]
    area = chosen("area", areas, areas[0])
    level = chosen("level", found.levels, found.levels[0])
    sort = chosen("sort", ["name", "population", *areas], "name")
    down = chosen("down", ["0", "1"], "0") == "1"
    lines = ordered(found.at(level), sort, language(), down)
    return {
        "area": area,
        "level": level,
        "place_heading": place_heading(level, area),
        "levels": [(one, level_words(one)) for one in found.levels],
        "sort": sort,
        "down": down,
        "lines": lines,
        "place_finding": place_finding(lines, area),
    }


def _page(published: Published, wave: Wave) -> dict[str, Any]:
    """Return what every page of one sample's results shows."""
    samples, sample = chosen_sample(published, wave)
    return {
        "published": published,
        "samples": samples,
        "sample": sample,
        "area_names": area_names(),
        "cut_off": cut_off(published, wave),
        "statement": said_of(published, sample),
        "source": source(published, sample, wave),
    }


def areas_page(published: Published, wave: Wave) -> dict[str, Any]:
    """Return what a page of one sample's areas shows."""
    shown = _page(published, wave)
    found = board(published.areas, shown["sample"].code)
    if found is None:
        return shown | {"board": None}
    places = _places(found)
    made_of = composition(published.composition, shown["sample"].code, places["area"])
    return shown | {"board": found, "finding": finding(found), "made_of": made_of, **places}


def items_page(published: Published, wave: Wave) -> dict[str, Any]:
    """Return what the page of all questions shows: their answers for everybody."""
    shown = _page(published, wave)
    boards = item_boards(published.items, shown["sample"].code)
    return shown | {"boards": boards, "local": local_items(wave)}


def item_finding(found: ItemBoard) -> str:
    """Say the answer first: what most people chose, or that it is not shown."""
    shares = zip(found.choices, found.everybody.shares, strict=True)
    inside = [(one, share) for one, share in shares if one.base != "asked"]
    known = [(share.value, one, share) for one, share in inside if share.value is not None]
    if not known:
        return ""
    _most, choice, share = max(known, key=lambda one: one[0])
    return str(
        _(
            "Most common answer: %(answer)s (%(share)s%%).",
            answer=choice.labels[language()],
            share=_words(share),
        )
    )


def item_page(published: Published, wave: Wave, code: str) -> dict[str, Any]:
    """Return what the page of one question shows: its whole distribution, place by place."""
    shown = _page(published, wave)
    found = item_board(published.items, shown["sample"].code, code)
    if found is None:
        abort(404)
    present = {line.level for line in found.places}
    levels = [one for one in LEVELS if one in present]
    level = chosen("level", levels or [""], levels[0] if levels else "")
    places = [line for line in found.places if line.level == level]
    return shown | {
        "item": found,
        "finding": item_finding(found),
        "asked_of": local_items(wave).get(code, ""),
        "level": level,
        "levels": [(one, level_words(one)) for one in levels],
        "lines": sorted(places, key=lambda line: collation(line.names[language()])),
    }
