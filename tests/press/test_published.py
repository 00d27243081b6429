"""Released bytes are read back as they were written, and no others."""

import hashlib
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.press.bundle import unpacked
from surveyapp.press.csv import guarded, unguarded
from surveyapp.press.published import MOST_KEPT, kept, of_closed, of_release, reopened
from surveyapp.press.release import make_release, public_files, survey_and_wave
from surveyapp.statistics.disclosure import reopen
from surveyapp.storage.counted.releases import bundle
from tests.press.making import CLOSED, answered_wave
from tests.storage.making import SLUG

LATER = CLOSED + timedelta(days=1)


@given(st.text(max_size=6))
def test_guarding_is_undone(words: str) -> None:
    # Only words that already begin with the guard and a formula could not be told apart.
    if not (words.startswith("'") and guarded(words[1:]) == words):
        assert unguarded(guarded(words)) == words


def test_codes_stay_text_and_figures_become_numbers() -> None:
    data = b"geo_id,index,n,suppressed\r\n001,62.5,40,false\r\n002,,,true\r\n"
    frame = reopen(data, hashlib.sha256(data).hexdigest()).frame
    assert list(frame["geo_id"]) == ["001", "002"]
    assert list(frame["suppressed"]) == [False, True]
    assert frame["index"][0] == 62.5
    assert frame["index"].isna()[1]
    assert frame["n"].isna()[1]


def test_other_bytes_than_the_released_ones_are_refused(context: Flask) -> None:
    answered_wave()
    release = make_release(SLUG, "2026", "test", LATER)
    files = dict(unpacked(bundle(release.id)))
    assert reopened(files, release.manifest, 1).number == 1
    assert reopened(files, release.manifest, 1).composition is not None
    older = [one for one in release.manifest["files"] if one["path"] != "area_composition.csv"]
    assert reopened(files, {**release.manifest, "files": older}, 1).composition is None
    files["items.csv"] = files["items.csv"].replace(b"protected", b"published", 1)
    with pytest.raises(ValueError, match="not the released bytes"):
        reopened(files, release.manifest, 1)


def test_a_release_is_read_once_and_says_what_a_closed_wave_says(context: Flask) -> None:
    answered_wave()
    survey, wave = survey_and_wave(SLUG, "2026")
    before = of_closed(survey, wave, LATER)
    assert before is not None
    release = make_release(SLUG, "2026", "test", LATER)
    read = of_release(release)
    assert of_release(release) is read
    assert read.cut_off_at == CLOSED.replace(microsecond=0) == before.cut_off_at
    assert read.areas.frame.equals(before.areas.frame)
    assert read.items.where(sample_id="open", geo_id="d")["n"].isna().all()
    assert public_files(survey, wave, 1, LATER).files == unpacked(bundle(release.id))


def test_only_what_was_read_last_is_kept(context: Flask) -> None:
    answered_wave()
    read = of_release(make_release(SLUG, "2026", "test", LATER))
    for number in range(MOST_KEPT + 3):
        kept(("test", number), lambda: read)
    memory = context.extensions["surveyapp_published"]
    assert list(memory) == [("test", number) for number in range(3, MOST_KEPT + 3)]
