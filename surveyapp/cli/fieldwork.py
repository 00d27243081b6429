"""Samples, collectors and invitations of a wave: what the staff pages do, for scripts."""

import os
from pathlib import Path

import click
from flask import current_app

from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.designing.fieldwork.outreach import subject_of
from surveyapp.designing.fieldwork.printing import FILES, file_named
from surveyapp.press.printed.mailing import mail_merge
from surveyapp.statistics.bands import Band, band
from surveyapp.storage.field.collectors import (
    Kind,
    WayInError,
    has_short_address,
    make_collector,
    make_sample,
    submitted_by_collector,
)
from surveyapp.storage.field.invitation_files import InvitationFileError, read_invitees
from surveyapp.storage.field.invitations import (
    Invitee,
    SmallStratumError,
    cancel_unused,
    least_in_stratum,
    make_invitations,
)
from surveyapp.storage.field.waves import (
    SAMPLE_NAMES,
    Collector,
    Opening,
    Wave,
    collector_by_code,
    collectors_of,
    samples_of,
    wave,
    wave_of,
)
from surveyapp.storage.municipal.profiles import municipality

samples = Commands("sample", help="Samples of a wave.")
collectors = Commands("collector", help="Ways into a wave.")
invitations = Commands("invitation", help="Personal invitations.")
BY = "command line"


def _wave(slug: str, code: str) -> Wave:
    found = wave_of(slug, code)
    if found is None:
        raise click.ClickException(f"survey {slug} has no wave {code}")
    return found


def _collector(code: str) -> Collector:
    found = collector_by_code(code)
    if found is None:
        raise click.ClickException(f"there is no collector {code}")
    return found


def _address(collector: Collector) -> str:
    public = current_app.config["PUBLIC_URL"]
    return f"{public}/s/{collector.code}" if has_short_address(collector) else ""


def _told(found: Band) -> str:
    return f"<{found.most + 1}" if found.is_under else f"{found.least}-{found.most}"


@samples.command("list")
@click.argument("slug")
@click.argument("code")
def list_samples(slug: str, code: str) -> None:
    """List the samples of a wave: code, type, number invited, names."""
    for one in samples_of(_wave(slug, code).id):
        invited = "" if one.invited is None else one.invited
        click.echo(f"{one.code}\t{one.type}\t{invited}\t{one.names['en']}\t{one.names['fr']}")


@samples.command("add")
@click.argument("slug")
@click.argument("code")
@click.argument("sample")
@click.option("--type", "type_", type=click.Choice(list(SAMPLE_NAMES)), required=True)
@click.option("--invited", type=int, help="How many people were invited.")
@click.option("--name-en", default="")
@click.option("--name-fr", default="")
def add_sample(
    slug: str, code: str, sample: str, type_: str, invited: int | None, name_en: str, name_fr: str
) -> None:
    """Add a sample to a wave; both names or neither."""
    if bool(name_en) != bool(name_fr):
        raise click.ClickException("give the name in both languages, or in neither")
    names = {"en": name_en, "fr": name_fr} if name_en else None
    opening = Opening("", type_, sample_code=sample, names=names, invited=invited)
    try:
        made = make_sample(_wave(slug, code), opening, by=BY, now=now())
    except WayInError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made.code}\t{made.type}")


@collectors.command("list")
@click.argument("slug")
@click.argument("code")
def list_collectors(slug: str, code: str) -> None:
    """List the ways into a wave: code, kind, mode, sample, band of responses, address."""
    held = _wave(slug, code)
    names = {one.id: one.code for one in samples_of(held.id)}
    counts = submitted_by_collector(held.id)
    for one in collectors_of(held.id):
        responses = _told(band(counts[one.id], least_in_stratum(one)))
        click.echo(
            "\t".join(
                (one.code, one.kind, one.mode, names[one.sample_id], responses, _address(one))
            )
        )


@collectors.command("add")
@click.argument("slug")
@click.argument("code")
@click.option("--sample", required=True, help="The sample's code.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), required=True)
@click.option("--municipality", "place", help="Whose residents it greets; the owner's if not given")
@click.option("--label", default="", help="Where it is used, for staff to tell two apart.")
def add_collector(
    slug: str, code: str, sample: str, kind: str, place: str | None, label: str
) -> None:
    """Add a way in: prints its code, kind, mode and address."""
    found = next((one for one in samples_of(_wave(slug, code).id) if one.code == sample), None)
    if found is None:
        raise click.ClickException(f"wave {code} has no sample {sample}")
    greeting = municipality(place) if place else None
    if place and greeting is None:
        raise click.ClickException(f"there is no municipality {place}")
    try:
        made = make_collector(
            found, Kind(kind), greeting.id if greeting else None, by=BY, now=now(), label=label
        )
    except WayInError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{made.code}\t{made.kind}\t{made.mode}\t{_address(made)}")


@collectors.command("print")
@click.argument("code")
@click.argument("file")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def print_(code: str, file: str, out: Path) -> None:
    """Write a poster, cards, the QR code or a paper questionnaire of a way in to a file."""
    found = _collector(code)
    subject = subject_of(wave(found.wave_id), found)
    wanted = file_named(file, subject.questionnaire)
    if wanted is None:
        booklets = [f"questionnaire-{one}.pdf" for one in subject.questionnaire.languages]
        names = ", ".join((*FILES, *booklets, "questionnaire-both.pdf"))
        raise click.ClickException(f"{file} is none of {names}")
    if found.kind not in wanted.kinds:
        kinds = " or ".join(kind.value for kind in wanted.kinds)
        raise click.ClickException(f"{file} is for {kinds}; {code} is {found.kind}")
    out.write_bytes(wanted.make(subject))
    click.echo(str(out))


def _write_once(path: Path, collector: Collector, invitees: tuple[Invitee, ...]) -> None:
    """Make invitations; their list goes to a new file that only its owner can read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    with os.fdopen(descriptor, "wb") as file:
        try:
            invited = make_invitations(collector, invitees, by=BY, now=now())
        except SmallStratumError as error:
            path.unlink()
            raise click.ClickException(
                f"fewer than {error.least} people share a stratum and weight: {error}"
            ) from error
        except WayInError as error:
            path.unlink()
            raise click.ClickException(str(error)) from error
        file.write(mail_merge(invited, current_app.config["PUBLIC_URL"]))
    click.echo(f"{path}\t{len(invited)}")


OUT = click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A new file."
)


@invitations.command("make")
@click.argument("collector")
@click.option(
    "--stratum",
    "strata",
    type=(str, click.FloatRange(min=0, min_open=True), click.IntRange(min=1)),
    multiple=True,
    required=True,
    help="A name, a base weight and a number of people; repeatable.",
)
@OUT
def make(collector: str, strata: tuple[tuple[str, float, int], ...], out: Path) -> None:
    """Make codes for some strata and write their list, once."""
    invitees = tuple(
        Invitee(name, weight) for name, weight, number in strata for _ in range(number)
    )
    _write_once(out, _collector(collector), invitees)


@invitations.command("import")
@click.argument("collector")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@OUT
def import_(collector: str, file: Path, out: Path) -> None:
    """Make a code for each line of a CSV of stratum, base_weight, reference; write their list."""
    try:
        invitees = read_invitees(file.read_bytes())
    except InvitationFileError as error:
        raise click.ClickException("\n".join(str(fault) for fault in error.faults)) from error
    _write_once(out, _collector(collector), invitees)


@invitations.command("cancel")
@click.argument("collector")
def cancel(collector: str) -> None:
    """Cancel the codes that nobody has begun with; prints how many."""
    click.echo(cancel_unused(_collector(collector), by=BY, now=now()))
