"""A release: labelled, described, numbered, and the same bytes for ever."""

import csv
import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from frictionless import Package

from surveyapp.press.bundle import unpacked
from surveyapp.press.counting import counts_of, hierarchy_of
from surveyapp.press.fields import AREA_FIELDS, COMPOSITION_FIELDS, ITEM_FIELDS
from surveyapp.press.release import (
    NothingToReleaseError,
    WaveNotClosedError,
    WaveNotFoundError,
    internal_files,
    make_release,
    public_files,
    survey_and_wave,
)
from surveyapp.questionnaire.framework import Area
from surveyapp.storage.audit import newest
from surveyapp.storage.counted.releases import bundle, releases_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Wave
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.purge import purge
from tests.press.making import CLOSED, SIZES, answered_wave
from tests.storage.making import NOW, SLUG, fielded

BY = "publisher@county.example"
LATER = CLOSED + timedelta(days=1)


@pytest.fixture
def closed(context: Flask) -> Wave:
    """A closed wave that a probability and an open sample answered."""
    return answered_wave()


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def released(by: str = BY) -> dict[str, bytes]:
    return unpacked(bundle(make_release(SLUG, "2026", by, LATER).id))


def test_a_release_has_its_files(closed: Wave) -> None:
    assert sorted(released()) == [
        "README_en.txt",
        "README_fr.txt",
        "area_composition.csv",
        "codebook.csv",
        "datapackage.json",
        "items.csv",
        "manifest.json",
        "neighbourhood_by_area.csv",
    ]


def test_the_table_of_areas_names_every_place_in_both_languages(closed: Wave) -> None:
    rows = read(released()["neighbourhood_by_area.csv"])
    assert list(rows[0]) == [field.name for field in AREA_FIELDS]
    keys = [(row["sample_id"], row["geo_id"], row["area_code"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {key[0] for key in keys} == {"probability", "open"}
    assert {key[1] for key in keys} == {"all", "east", "west", "a", "b", "c", "d"}
    assert {key[2] for key in keys} <= {area.value for area in Area}
    assert len([row for row in rows if row["geo_level"] == "all"]) == len(
        {(k[0], k[2]) for k in keys}
    )
    one = next(row for row in rows if row["geo_id"] == "a")
    assert (one["geo_name_en"], one["geo_name_fr"]) == ("'=1+1", "L’Anse")
    assert one["boundary_set"] == "county-1"
    assert (one["fieldwork_start"], one["fieldwork_end"]) == ("2026-03-01", "2026-04-01")
    assert {row["generated_at"] for row in rows} == {CLOSED.strftime("%Y-%m-%dT%H:%M:%SZ")}


def test_an_index_comes_with_its_questions_and_its_distribution(closed: Wave) -> None:
    files = released()
    rows = read(files["area_composition.csv"])
    assert list(rows[0]) == [field.name for field in COMPOSITION_FIELDS]
    everybody = {
        (row["sample_id"], row["area_code"]): row
        for row in read(files["neighbourhood_by_area.csv"])
        if row["geo_level"] == "all" and not row["suppression_reason"]
    }
    assert everybody
    for key, whole in everybody.items():
        mine = [row for row in rows if (row["sample_id"], row["area_code"]) == key]
        parts = [row for row in mine if row["row_kind"] == "item"]
        assert len(parts) == int(whole["items"])
        assert all(row["item_text_en"] and row["item_text_fr"] for row in parts)
        counts = [int(row["n"]) for row in mine if row["row_kind"] == "class"]
        assert sum(counts) == int(whole["n"])
        assert len([row for row in mine if row["row_kind"] == "reliability"]) == 1


def test_a_hidden_row_is_empty_with_a_reason_and_never_zero(closed: Wave) -> None:
    files = released()
    hidden = 0
    for name in ("neighbourhood_by_area.csv", "items.csv"):
        for row in read(files[name]):
            if row["suppressed"] == "true" and row["suppression_reason"] == "protected":
                hidden += 1
                for column in ("n", "n_eff", "index", "quality_flag", "diff_from_rest"):
                    assert row[column] == "", (name, row["geo_id"], column)
            assert (row["suppressed"] == "true") == bool(row["suppression_reason"])
    assert hidden
    small = [row for row in read(files["items.csv"]) if row["geo_id"] == "d"]
    assert {row["suppression_reason"] for row in small} == {"protected"}


def test_an_open_sample_has_no_intervals_and_says_so(closed: Wave) -> None:
    files = released()
    for row in read(files["items.csv"]):
        if row["sample_type"] == "open":
            assert (row["ci_low"], row["ci_high"], row["se"]) == ("", "", "")
    assert "not a random sample" in files["README_en.txt"].decode()
    assert "échantillon aléatoire" in files["README_fr.txt"].decode()


def test_the_items_carry_the_words_of_the_questionnaire(closed: Wave) -> None:
    rows = read(released()["items.csv"])
    assert list(rows[0]) == [field.name for field in ITEM_FIELDS]
    for row in rows:
        assert row["item_text_en"]
        assert row["item_text_fr"]
        assert row["row_kind"] in ("option", "summary")
        if row["option_code"]:
            assert row["option_label_en"]
            assert row["option_label_fr"]
    keys = [
        tuple(row[name] for name in ("sample_id", "item_code", "geo_id", "option_code"))
        for row in rows
    ]
    assert len(keys) == len(set(keys))


def test_nothing_that_anybody_wrote_is_released(closed: Wave) -> None:
    for data in released().values():
        assert "which nobody may read" not in data.decode()


def test_the_package_describes_its_files(closed: Wave, tmp_path: Path) -> None:
    for name, data in released().items():
        (tmp_path / name).write_bytes(data)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]
    described = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in described["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)


def test_the_manifest_says_what_was_counted_and_hashes_public_files_only(closed: Wave) -> None:
    files = released()
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    assert manifest["data_cut_off"] == CLOSED.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert manifest["samples"] == [
        {
            "id": "probability",
            "type": "probability",
            "invited": 1000,
            "responses": sum(SIZES.values()),
            "response_rate_aapor_1": 19.5,
        },
        {
            "id": "open",
            "type": "open",
            "invited": None,
            "responses": sum(SIZES.values()),
            "response_rate_aapor_1": None,
        },
    ]
    assert [one["number"] for one in manifest["editions"]] == [1]
    assert manifest["policy"] == {
        "floors": {"general": 12, "mixed": 15, "sensitive": 20},
        "least_population": {"general": 100, "mixed": 100, "sensitive": 250},
        "least_different": {"general": 2, "mixed": 2, "sensitive": 5},
        "least_on_each_side_if_sensitive": 5,
        "unreliable_under": 30,
        "caution_and_whole_numbers_under": 100,
        "areas": {
            "least_items": 3,
            "most_not_applicable_share": 0.1,
            "least_answered_share": 0.5,
            "judged_as": "most_sensitive_item",
            "shown_where": "every_item_is_shown_answer_by_answer",
        },
    }
    for one in manifest["files"]:
        assert one["sha256"] == hashlib.sha256(files[one["path"]]).hexdigest()
        assert one["rows"] == len(read(files[one["path"]]))


def test_the_same_responses_are_the_same_release(closed: Wave) -> None:
    first = make_release(SLUG, "2026", BY, LATER)
    again = make_release(SLUG, "2026", "other@county.example", LATER + timedelta(days=9))
    assert first == again
    assert len(releases_of(closed.id)) == 1


def test_made_again_from_nothing_it_is_the_same_bytes(closed: Wave, context: Flask) -> None:
    survey, wave = survey_and_wave(SLUG, "2026")
    first = public_files(survey, wave, 1, LATER)
    context.extensions.pop("surveyapp_counts")
    assert public_files(survey, wave, 1, LATER + timedelta(days=400)).files == first.files


@pytest.mark.usefixtures("context")
def test_an_open_wave_has_no_public_results() -> None:
    answered_wave(closed=False)
    with pytest.raises(WaveNotClosedError):
        make_release(SLUG, "2026", BY, NOW)
    with pytest.raises(WaveNotFoundError):
        make_release(SLUG, "2031", BY, NOW)
    with pytest.raises(WaveNotFoundError):
        make_release("nothing", "2026", BY, NOW)


@pytest.mark.usefixtures("context")
def test_a_wave_that_nobody_answered_has_nothing_to_release() -> None:
    fielded()
    close_wave(SLUG, "2026", CLOSED)
    with pytest.raises(NothingToReleaseError):
        make_release(SLUG, "2026", BY, LATER)


def test_internal_files_say_so_and_are_written_down(closed: Wave) -> None:
    files = internal_files(SLUG, "2026", BY, LATER)
    assert all(name.startswith("INTERNAL_") for name in files)
    small = [row for row in read(files["INTERNAL_items.csv"]) if row["geo_id"] == "d"]
    assert any(row["n"] == "10" for row in small)
    assert {row["suppressed"] for row in small} == {""}
    assert (newest(1)[0].actor, newest(1)[0].action) == (BY, "internal_results_exported")


def test_figures_are_counted_once_and_again_after_a_change(closed: Wave, context: Flask) -> None:
    first = counts_of(closed)
    assert counts_of(closed) is first
    assert [one.sample.code for one in first] == ["probability", "open"]
    kept = context.extensions["surveyapp_counts"]
    kept[closed.id] = (closed.last_change - 1, first)
    assert counts_of(closed) is not first


def test_a_region_that_holds_everything_is_everybody(closed: Wave) -> None:
    hierarchy = hierarchy_of(place_tree(closed.place_set_id))
    assert hierarchy.codes == ("east", "west", "a", "b", "c", "d")
    assert hierarchy.parents == (-1, -1, 0, 0, 1, 1)


def test_the_command_line_writes_the_same_files(
    closed: Wave, context: Flask, tmp_path: Path
) -> None:
    runner = context.test_cli_runner()
    arguments = ["results", "export", SLUG, "--wave", "2026", "--out"]
    done = runner.invoke(args=[*arguments, str(tmp_path / "public")])
    assert done.exit_code == 0, done.output
    for name, data in released().items():
        assert (tmp_path / "public" / name).read_bytes() == data
    assert (tmp_path / "public" / f"{SLUG}_2026_release_1.zip").exists()

    done = runner.invoke(args=[*arguments, str(tmp_path / "inside"), "--audience", "internal"])
    assert done.exit_code == 0
    assert all(one.name.startswith("INTERNAL_") for one in (tmp_path / "inside").iterdir())


@pytest.mark.usefixtures("context")
def test_the_command_line_refuses_an_open_wave(context: Flask, tmp_path: Path) -> None:
    answered_wave(closed=False)
    arguments = ["results", "export", SLUG, "--out", str(tmp_path / "out"), "--wave"]
    refused = context.test_cli_runner().invoke(args=[*arguments, "2026"])
    assert refused.exit_code == 1
    assert "is not closed" in refused.output
    assert not (tmp_path / "out").exists()
    unknown = context.test_cli_runner().invoke(args=[*arguments, "2031"])
    assert (unknown.exit_code, "no wave 2031" in unknown.output) == (1, True)


def test_a_release_stands_when_the_answers_are_gone(closed: Wave) -> None:
    made = make_release(SLUG, "2026", "analyst", CLOSED)
    data = bundle(made.id)
    assert purge(CLOSED + timedelta(days=800)).responses > 0
    again = make_release(SLUG, "2026", "analyst", CLOSED + timedelta(days=801))
    assert (again.id, bundle(again.id)) == (made.id, data)
    assert len(releases_of(closed.id)) == 1
