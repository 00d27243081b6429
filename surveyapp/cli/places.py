"""Places and municipalities: import."""

import sys
from pathlib import Path
from typing import NoReturn

import click
from pydantic import ValidationError

from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.storage.municipal.place_files import Fields, PlaceFileError, read_places
from surveyapp.storage.municipal.places import (
    LEVELS,
    PlaceSetTakenError,
    import_places,
    place_set_id,
    place_tree,
)
from surveyapp.storage.municipal.prefix_files import read_prefixes
from surveyapp.storage.municipal.prefixes import load_prefixes
from surveyapp.storage.municipal.profiles import Profile, save_profile

group = Commands("places", help="Sets of places.")
municipalities = Commands("municipality", help="Municipalities and their profiles.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command("import")
@click.argument("file", type=FILE)
@click.option("--set", "set_name", required=True, help="The name of the new set.")
@click.option("--level", required=True, type=click.Choice(LEVELS[1:]))
@click.option("--code", required=True, help="The field with each place's code.")
@click.option("--name", required=True, help="The field with its name.")
@click.option("--name-fr", default="", help="The field with its French name.")
@click.option("--parent", default="", help="The field with its municipality.")
@click.option("--population", default="", help="The field with its population.")
def import_(file: Path, set_name: str, **fields: str) -> None:
    """Take in a GeoJSON (WGS 84) or CSV file of places, whole or not at all."""
    try:
        places = read_places(file.read_bytes(), file.name, Fields(**fields), set_name)
        import_places(set_name, places)
    except PlaceFileError as error:
        _refuse(file, error)
    except PlaceSetTakenError as error:
        raise click.ClickException(
            f"place set {set_name} exists: a changed set is a new set"
        ) from error
    click.echo(sum(place.level == fields["level"] for place in places))


@group.command("prefixes")
@click.argument("file", type=FILE)
@click.option("--set", "set_name", required=True, help="The name of the set.")
def prefixes(file: Path, set_name: str) -> None:
    """Take in a CSV of postal prefixes (3 or 4 characters) and place codes, in place of any."""
    set_id = place_set_id(set_name)
    if set_id is None:
        raise click.ClickException(f"there is no place set {set_name}")
    try:
        found = read_prefixes(file.read_bytes(), place_tree(set_id).by_code)
    except PlaceFileError as error:
        _refuse(file, error)
    click.echo(load_prefixes(set_id, found))


def _refuse(file: Path, error: PlaceFileError) -> NoReturn:
    for problem in error.problems:
        click.echo(f"{file.name}: {problem}", err=True)
    sys.exit(1)


@municipalities.command("import")
@click.argument("file", type=FILE)
def import_profile(file: Path) -> None:
    """Take in the profile of a municipality (.json); its slug is the file's name."""
    try:
        profile = Profile.model_validate_json(file.read_bytes())
    except ValidationError as error:
        for one in error.errors():
            click.echo(f"{'/'.join(str(part) for part in one['loc'])}\t{one['msg']}", err=True)
        sys.exit(1)
    stored = save_profile(file.stem, profile, now())
    click.echo(f"{file.stem}\tprofile {stored.version}")
