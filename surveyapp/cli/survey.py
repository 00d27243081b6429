"""Surveys: list, import, check, export and publish."""

import re
import sys
from pathlib import Path

import click

from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.forms.remarks import remark_sentence
from surveyapp.questionnaire.completeness import Finding
from surveyapp.questionnaire.interchange.files import WRITER_FOR, read_file, write_file
from surveyapp.questionnaire.interchange.report import (
    FileRefusedError,
    NotExportableError,
    Remark,
)
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.reviewing.review import NotPublishableError, review
from surveyapp.storage.drafting.surveys import (
    SlugTakenError,
    UnchangedError,
    list_surveys,
    newest_edition,
    publish,
    save_draft,
    survey_by_slug,
)
from surveyapp.storage.field.waves import waves_of
from surveyapp.storage.municipal.profiles import municipality, only_municipality

group = Commands("survey", help="Surveys and their editions.")


def _told(finding: Finding) -> str:
    limits = " ".join(f"{name}={value}" for name, value in finding.limits.items())
    return "\t".join((finding.code, finding.node or "/", finding.language or "", limits)).rstrip()


def _remarked(remark: Remark) -> str:
    """Write a remark: outcome, sheet, row, column, code, what it is about, and a sentence."""
    limits = " ".join(f"{name}={value}" for name, value in remark.limits.items())
    place = (remark.sheet, str(remark.row or ""), remark.column)
    told = (remark.outcome, *place, remark.code, limits, remark_sentence(remark))
    return "\t".join(" ".join(one.split()) for one in told)


def _read(file: Path, language: str | None, *, err: bool) -> Draft:
    """Read a questionnaire and tell what became of it; the status is 1 if it is refused."""
    try:
        taken = read_file(file.name, file.read_bytes(), language)
    except FileRefusedError as error:
        for remark in error.remarks:
            click.echo(_remarked(remark), err=err)
        sys.exit(1)
    for remark in taken.remarks:
        click.echo(_remarked(remark), err=err)
    return taken.draft


def _slug(name: str) -> str:
    """Make a name fit for addresses of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "survey"


_LANGUAGE = click.option("--language", help="What the words are in that name no language: en, fr.")


@group.command("list")
def list_() -> None:
    """List surveys: slug, title, editions."""
    for survey in list_surveys():
        edition = newest_edition(survey.id)
        click.echo(
            f"{survey.slug}\t{survey.draft.title.get('en')}\t{edition.number if edition else 0}"
        )


@group.command()
@click.argument("slug")
def waves(slug: str) -> None:
    """List the waves of a survey: code, state, first day, last day."""
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"there is no survey {slug}")
    for wave in waves_of(survey.id):
        last = wave.last_day(now()) if wave.closes_at or wave.closed_at else ""
        click.echo(f"{wave.code}\t{wave.state(now())}\t{wave.first_day}\t{last}")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="The survey's name in addresses; the file's name if not given.")
@click.option("--owner", help="The municipality; may be left out while there is only one.")
@_LANGUAGE
def import_(file: Path, slug: str | None, owner: str | None, language: str | None) -> None:
    """Take a questionnaire in as the draft of a survey: .xlsx (XLSForm) or .json."""
    draft = _read(file, language, err=True)
    found = municipality(owner) if owner else only_municipality()
    if found is None:
        raise click.ClickException(
            "name the municipality with --owner; 'municipality import' makes one"
        )
    name = _slug(slug or file.stem)
    try:
        survey = save_draft(name, found.id, draft)
    except SlugTakenError as error:
        raise click.ClickException(f"survey {name} belongs to another municipality") from error
    click.echo(f"{survey.slug}\t{survey.revision}")


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_LANGUAGE
def check(file: Path, language: str | None) -> None:
    """Review a questionnaire without taking it in; the status is 1 if it has problems."""
    found = review(_read(file, language, err=False))
    for finding in found.problems:
        click.echo(f"problem\t{_told(finding)}")
    for finding in found.advice:
        click.echo(f"advice\t{_told(finding)}")
    sys.exit(1 if found.problems else 0)


@group.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(slug: str, file: Path) -> None:
    """Write the draft of a survey to a file: .xlsx (XLSForm) or .json."""
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"there is no survey {slug}")
    if file.suffix.lower() not in WRITER_FOR:
        raise click.ClickException(f"write to a file that ends in {' or '.join(WRITER_FOR)}")
    try:
        file.write_bytes(write_file(survey.draft, file.name, slug))
    except NotExportableError as error:
        raise click.ClickException(f"{error.code}\t{error.node}") from error
    click.echo(str(file))


@group.command()
@click.argument("slug")
@click.argument("new")
@click.option("--owner", help="The municipality that gets the copy; the same one if not given.")
def copy(slug: str, new: str, owner: str | None) -> None:
    """Make a survey with the same draft, and neither editions nor answers."""
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"there is no survey {slug}")
    if new != _slug(new):
        raise click.ClickException(f"a name for addresses is like {_slug(new)}")
    if survey_by_slug(new) is not None:
        raise click.ClickException(f"there is a survey {new} already")
    found = municipality(owner) if owner else None
    if owner and found is None:
        raise click.ClickException(f"there is no municipality {owner}")
    made = save_draft(new, found.id if found else survey.owner_id, survey.draft)
    click.echo(f"{made.slug}\t{made.revision}")


@group.command("publish")
@click.argument("slug")
@click.option("--accept", multiple=True, help="A reworded item whose meaning holds.")
def publish_(slug: str, accept: tuple[str, ...]) -> None:
    """Review and publish the draft; the status is 1, with the problems, if it cannot be.

    A draft that says what the newest edition does makes none: that edition is told.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"there is no survey {slug}")
    try:
        edition = publish(slug, survey.revision, accept, "command line", now())
    except UnchangedError as error:
        click.echo(f"{slug}: nothing changed since edition {error.edition.number}", err=True)
        edition = error.edition
    except NotPublishableError as error:
        for finding in error.review.problems:
            click.echo(f"problem\t{_told(finding)}", err=True)
        for change in error.changes:
            click.echo(f"{change.kind}\t{change.node}\t{change.reason}".rstrip(), err=True)
        sys.exit(1)
    click.echo(f"{slug}\tedition {edition.number}\t{edition.fingerprint}")
