"""Surveys: list, import, check, export and publish."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from surveyapp.cli.clock import now
from surveyapp.questionnaire.completeness import Finding
from surveyapp.questionnaire.document import DocumentError, read_draft, written
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.review import NotPublishableError, review
from surveyapp.storage.profiles import municipality, only_municipality
from surveyapp.storage.surveys import (
    SlugTakenError,
    list_surveys,
    newest_edition,
    publish,
    save_draft,
    survey_by_slug,
)
from surveyapp.storage.waves import waves_of

group = AppGroup("survey", help="Surveys and their editions.")


def _told(finding: Finding) -> str:
    limits = " ".join(f"{name}={value}" for name, value in finding.limits.items())
    return "\t".join((finding.code, finding.node or "/", finding.language or "", limits)).rstrip()


def _read(file: Path) -> Draft:
    if file.suffix.lower() != ".json":
        raise click.ClickException(f"{file.name}: only .json questionnaires can be read")
    try:
        return read_draft(file.read_bytes())
    except DocumentError as error:
        for path, reason in error.problems:
            click.echo(f"{path}\t{reason}", err=True)
        sys.exit(1)


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
def import_(file: Path, slug: str | None, owner: str | None) -> None:
    """Take a questionnaire in as the draft of a survey."""
    draft = _read(file)
    found = municipality(owner) if owner else only_municipality()
    if found is None:
        raise click.ClickException(
            "name the municipality with --owner; 'municipality import' makes one"
        )
    name = (slug or file.stem).lower().replace("_", "-")
    try:
        survey = save_draft(name, found.id, draft)
    except SlugTakenError as error:
        raise click.ClickException(f"survey {name} belongs to another municipality") from error
    click.echo(f"{survey.slug}\t{survey.revision}")


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Review a questionnaire without taking it in; the status is 1 if it has problems."""
    found = review(_read(file))
    for finding in found.problems:
        click.echo(f"problem\t{_told(finding)}")
    for finding in found.advice:
        click.echo(f"advice\t{_told(finding)}")
    sys.exit(1 if found.problems else 0)


@group.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(slug: str, file: Path) -> None:
    """Write the draft of a survey to a file."""
    survey = survey_by_slug(slug)
    if survey is None or file.suffix.lower() != ".json":
        raise click.ClickException(
            f"there is no survey {slug}" if survey is None else "write to a .json file"
        )
    file.write_text(written(survey.draft), encoding="utf-8")
    click.echo(str(file))


@group.command("publish")
@click.argument("slug")
@click.option("--accept", multiple=True, help="A reworded item whose meaning holds.")
def publish_(slug: str, accept: tuple[str, ...]) -> None:
    """Review and publish the draft; the status is 1, with the problems, if it cannot be."""
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"there is no survey {slug}")
    try:
        edition = publish(slug, survey.revision, accept, "command line", now())
    except NotPublishableError as error:
        for finding in error.review.problems:
            click.echo(f"problem\t{_told(finding)}", err=True)
        for change in error.changes:
            click.echo(f"{change.kind}\t{change.node}\t{change.reason}".rstrip(), err=True)
        sys.exit(1)
    click.echo(f"{slug}\tedition {edition.number}\t{edition.fingerprint}")
