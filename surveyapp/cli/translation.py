"""Texts out to a translator as a file, and back in row by row."""

import sys
from pathlib import Path

import click

from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.forms.returned import fault_sentence, verdict_sentence
from surveyapp.questionnaire.interchange.wordings.files import WRITER_OF, read_translations
from surveyapp.questionnaire.interchange.wordings.units import TranslationFileError, units
from surveyapp.storage.drafting.returned import take_in
from surveyapp.storage.drafting.surveys import Survey, survey_by_slug
from surveyapp.storage.people.staff import Role, Staff

group = Commands("translation", help="Texts for translators: XLIFF 1.2, CSV and PO.")
_OPERATOR = Staff(0, "command line", Role.administrator, "", "", False)


def _survey(slug: str) -> Survey:
    survey = survey_by_slug(slug)
    if survey is None:
        raise click.ClickException(f"there is no survey {slug}")
    return survey


@group.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "source", required=True, help="The language to translate from: en, fr.")
@click.option("--to", "target", required=True, help="The language to translate into.")
@click.option("--left", is_flag=True, help="Only what is missing or stale.")
def export(slug: str, file: Path, source: str, target: str, left: bool) -> None:
    """Write the texts of a draft to a file: .xlf (XLIFF 1.2), .csv or .po."""
    survey, writer = _survey(slug), WRITER_OF.get(file.suffix.lower())
    if writer is None:
        raise click.ClickException(f"write to a file that ends in {' or '.join(WRITER_OF)}")
    for one in (source, target):
        if one not in survey.draft.languages or source == target:
            known = ", ".join(survey.draft.languages)
            raise click.ClickException(f"name two languages of the survey: {known}")
    found = units(survey.draft, source, target, only_left=left)
    file.write_bytes(writer(found, slug))
    click.echo(f"{file}\t{len(found)}")


@group.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(slug: str, file: Path) -> None:
    """Take in what fits of a file that came back; the status is 1 if anything was refused.

    A line a row: number, verdict, code of the text, sentence.
    """
    survey = _survey(slug)
    try:
        rows = read_translations(file.name, file.read_bytes())
    except TranslationFileError as error:
        raise click.ClickException(fault_sentence(error)) from error
    returned = take_in(survey, rows, _OPERATOR, now())
    for one in returned.judged:
        about = " ".join(one.row.id.split())
        click.echo(f"{one.row.number}\t{one.verdict}\t{about}\t{verdict_sentence(one)}")
    sys.exit(1 if returned.refused else 0)
