"""The county in a database: once, whole, the same for the same seed, and fit to publish."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.demo.county import PLACE_SET, TOWNS, neighbourhoods
from surveyapp.demo.fieldwork import WAYS, plans
from surveyapp.demo.loading import SLUG, STANDING, fieldwork_of, load
from surveyapp.demo.respondents import invited, sampled
from surveyapp.press.counting import counts_of
from surveyapp.press.release import make_release
from surveyapp.storage.connection import reading
from surveyapp.storage.counted.bulk import Loaded
from surveyapp.storage.counted.releases import releases_of
from surveyapp.storage.drafting.surveys import list_surveys, newest_edition, survey_by_slug
from surveyapp.storage.field.fieldwork import Ended, endings_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Wave, WaveState, collectors_of, samples_of, waves_of
from surveyapp.storage.municipal.places import outlines, place_set_id, place_tree
from surveyapp.storage.purge import purge
from surveyapp.storage.tables import ResponseRow
from tests.conftest import DEMO_RESPONSES

NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
SMALL = 150


class StoppedError(Exception):
    """Somebody pulled the plug."""


def quiet(_stored: int) -> None:
    """Watch a load without a word."""


def waves() -> tuple[Wave, Wave]:
    """Return the closed wave and the open one."""
    survey = survey_by_slug(SLUG)
    assert survey is not None
    second, first = waves_of(survey.id)
    return first, second


def stored(wave: Wave) -> list[Loaded]:
    """Return the responses of a wave as they were loaded."""
    names = [name for name in Loaded.__dataclass_fields__ if name != "answers"]
    columns = [getattr(ResponseRow, name) for name in names]
    query = select(ResponseRow.answers, *columns).where(ResponseRow.wave_id == wave.id)
    rows = reading().execute(query.order_by(ResponseRow.change_no)).all()
    return [
        Loaded(**dict(zip(names, row[1:], strict=True)), answers=json.loads(row[0])) for row in rows
    ]


def drawn_again(seed: int) -> list[list[Loaded]]:
    """Draw the responses of both waves once more."""
    survey = survey_by_slug(SLUG)
    assert survey is not None
    edition = newest_edition(survey.id)
    assert edition is not None
    both = plans(NOW.astimezone(ZoneInfo("America/Toronto")).date())
    return [list(fieldwork_of(plan, SMALL, seed, edition).responses()) for plan in both]


def drop_off() -> Counter[tuple[str, str]]:
    """Count how visits to both waves ended."""
    counts: Counter[tuple[str, str]] = Counter()
    for wave in waves():
        for ending, visits in endings_of(wave.id).items():
            counts[ending.outcome, ending.last_page] += visits
    return counts


@pytest.mark.usefixtures("context")
def test_a_second_load_adds_nothing() -> None:
    load(SMALL, 1, NOW, quiet)
    before, left = [stored(wave) for wave in waves()], drop_off()
    load(SMALL, 1, NOW + timedelta(hours=3), quiet)
    assert [stored(wave) for wave in waves()] == before
    assert drop_off() == left
    assert [one.slug for one in list_surveys()] == [SLUG, STANDING]
    assert len(releases_of(waves()[0].id)) == 1


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("stop_at", [0, SMALL, SMALL + 60])
def test_a_load_that_was_stopped_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    def pull(stored: int) -> None:
        if stored >= stop_at:
            raise StoppedError

    monkeypatch.setattr("surveyapp.storage.counted.bulk.CHUNK", 60)
    with pytest.raises(StoppedError):
        load(SMALL, 1, NOW, pull)
    load(SMALL, 1, NOW, quiet)
    for wave in waves():
        assert wave.last_change == SMALL
        assert len(collectors_of(wave.id)) == len(WAYS)
        endings = endings_of(wave.id)
        sent = [visits for one, visits in endings.items() if one.outcome is Ended.submitted]
        assert sum(sent) == SMALL
    assert [stored(wave) for wave in waves()] == drawn_again(1)


@pytest.mark.usefixtures("context")
def test_the_same_seed_gives_the_same_responses_and_another_does_not() -> None:
    load(SMALL, 1, NOW, quiet)
    kept = [stored(wave) for wave in waves()]
    assert kept == drawn_again(1)
    assert kept != drawn_again(2)


@pytest.mark.usefixtures("context")
def test_progress_goes_up_to_both_waves() -> None:
    told: list[int] = []
    load(SMALL, 1, NOW, told.append)
    assert told == sorted(told)
    assert told[-1] == 2 * SMALL


def test_each_wave_has_a_sample_by_invitation_and_an_open_one(demo_app: Flask) -> None:
    now = datetime.now(UTC)
    with demo_app.app_context():
        first, second = waves()
        assert (first.state(now), second.state(now)) == (WaveState.closed, WaveState.open)
        for wave in (first, second):
            probability, anybody = samples_of(wave.id)
            assert (probability.type, anybody.type) == ("probability", "open")
            assert probability.invited == invited(sampled(DEMO_RESPONSES)).sum()
            assert all(probability.names[language] for language in ("en", "fr"))
            modes = {one.mode for one in collectors_of(wave.id)}
            assert modes == {"web", "kiosk", "paper", "phone"}


def test_only_those_invited_have_a_stratum_and_a_weight(demo_app: Flask) -> None:
    with demo_app.app_context():
        for wave in waves():
            ways = {one.id: way for one, way in zip(collectors_of(wave.id), WAYS, strict=True)}
            for one in stored(wave):
                by_invitation = ways[one.collector_id].probability
                assert by_invitation == (one.stratum is not None) == (one.base_weight is not None)
                assert one.stratum is None or one.stratum in {town.code for town in TOWNS}


def test_the_places_are_there_with_their_outlines(demo_app: Flask) -> None:
    with demo_app.app_context():
        set_id = place_set_id(PLACE_SET)
        assert set_id is not None
        tree = place_tree(set_id)
        assert len(tree.at("neighbourhood")) == len(neighbourhoods())
        assert set(outlines(set_id)) == set(tree.codes)


def test_a_purge_today_takes_nothing(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert purge(datetime.now(UTC)).responses == 0


def test_the_closed_wave_is_published_without_its_hamlets(demo_app: Flask) -> None:
    now = datetime.now(UTC)
    with demo_app.app_context():
        first, _second = waves()
        assert make_release(SLUG, first.code, "test", now).number == 1
        for count in counts_of(first):
            areas = count.public.areas.frame
            shown = set(areas[~areas.suppressed.astype(bool)].geo_id)
            hidden = set(areas.geo_id) - shown
            assert {"otter-creek", "gull-island", "demonstration-nation"} <= hidden
            assert {"all", "orchard-park"} <= shown


def test_the_open_wave_can_be_closed_and_published_too(demo_app: Flask) -> None:
    now = datetime.now(UTC)
    with demo_app.app_context():
        _first, second = waves()
        close_wave(SLUG, second.code, now)
        manifest = make_release(SLUG, second.code, "test", now).manifest
        assert json.dumps(manifest["samples"]).count("invited") == 3
