"""Ways into a wave: which go with which sample, and what staff may know of them."""

import pytest

from surveyapp.storage.audit import newest
from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.field.collectors import (
    ADDRESSED_KINDS,
    MODE_OF,
    Kind,
    WayInError,
    greeting_municipality,
    has_short_address,
    make_collector,
    make_sample,
    submitted_by_collector,
)
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Opening, Sample, collectors_of, samples_of
from tests.storage.making import NOW, SLUG, fielded, municipality, page

pytestmark = pytest.mark.usefixtures("context")
BY = "designer@example.ca"


def samples() -> tuple[Sample, Sample]:
    """Give a wave with an open and a probability sample."""
    wave = fielded().wave
    wanted = Opening("", "probability", sample_code="mailed", invited=400)
    mailed = make_sample(wave, wanted, by=BY, now=NOW)
    return samples_of(wave.id)[-1], mailed


def test_a_sample_is_added_with_how_many_were_invited() -> None:
    opened, mailed = samples()
    assert (opened.code, opened.type) == ("open", "open")
    assert (mailed.code, mailed.type, mailed.invited) == ("mailed", "probability", 400)
    assert mailed.names["fr"] == "Échantillon probabiliste"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Opening("", "open", sample_code="open"), "sample_code_taken"),
        (Opening("", "open", sample_code=""), "sample_code_not_plain"),
        (Opening("", "open", sample_code="=1+1"), "sample_code_not_plain"),
        (Opening("", "open", sample_code="more", invited=5), "open_sample_invites_nobody"),
        (Opening("", "probability", sample_code="p", invited=0), "invited_out_of_range"),
        (Opening("", "probability", sample_code="p", invited=10**7), "invited_out_of_range"),
    ],
    ids=["taken", "empty", "formula", "open-invites", "nobody", "everybody"],
)
def test_a_sample_that_makes_no_sense_is_refused(wanted: Opening, reason: str) -> None:
    wave = fielded().wave
    with pytest.raises(WayInError) as refused:
        make_sample(wave, wanted, by=BY, now=NOW)
    assert refused.value.reason == reason
    assert len(samples_of(wave.id)) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_decides_the_mode_and_the_sample(kind: Kind) -> None:
    opened, mailed = samples()
    for_open = kind is not Kind.invitation
    for_mailed = kind in (Kind.invitation, Kind.paper, Kind.phone)
    for sample, fits in ((opened, for_open), (mailed, for_mailed)):
        if fits:
            made = make_collector(sample, kind, by=BY, now=NOW)
            assert (made.mode, made.sample_id) == (MODE_OF[kind], sample.id)
            assert has_short_address(made) is (kind in ADDRESSED_KINDS)
        else:
            with pytest.raises(WayInError):
                make_collector(sample, kind, by=BY, now=NOW)


def test_a_collector_greets_for_its_own_municipality_or_the_owner() -> None:
    opened, _mailed = samples()
    oak = municipality("oak").municipality_id
    plain = make_collector(opened, Kind.qr, by=BY, now=NOW)
    assert greeting_municipality(make_collector(opened, Kind.qr, oak, by=BY, now=NOW)) == oak
    assert greeting_municipality(plain) == municipality().municipality_id
    with pytest.raises(WayInError, match="municipality unknown"):
        make_collector(opened, Kind.qr, 999, by=BY, now=NOW)


def test_nothing_is_added_to_a_closed_wave() -> None:
    opened, _mailed = samples()
    before = collectors_of(opened.wave_id)
    wave = close_wave(SLUG, "2026", NOW)
    with pytest.raises(WayInError, match="wave closed"):
        make_collector(opened, Kind.qr, by=BY, now=NOW)
    with pytest.raises(WayInError, match="wave closed"):
        make_sample(wave, Opening("", "open", sample_code="late"), by=BY, now=NOW)
    assert collectors_of(opened.wave_id) == before


def test_every_addition_is_in_the_log() -> None:
    _opened, mailed = samples()
    made = make_collector(mailed, Kind.paper, by=BY, now=NOW)
    last, first = newest()[:2]
    assert (first.actor, first.action) == (BY, "sample_added")
    assert first.subject == f"{SLUG} 2026: mailed probability"
    assert (last.actor, last.action) == (BY, "collector_added")
    assert last.subject == f"{SLUG} 2026: paper {made.code} in mailed"


def test_responses_are_counted_by_the_way_they_came() -> None:
    field = fielded()
    (opened,) = samples_of(field.wave.id)
    unused = make_collector(opened, Kind.qr, by=BY, now=NOW)
    for _ in range(2):
        token = start(field, "en", NOW)
        page(token, "home", 0, {"place": "a"})
        submit(token, NOW)
    start(field, "en", NOW)
    counts = submitted_by_collector(field.wave.id)
    assert counts == {field.collector.id: 2, unused.id: 0}
