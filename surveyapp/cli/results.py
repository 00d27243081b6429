"""Results as files, the same that the pages offer."""

from collections.abc import Mapping
from pathlib import Path

import click

from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.press.bundle import unpacked
from surveyapp.press.release import (
    NothingToReleaseError,
    WaveNotClosedError,
    WaveNotFoundError,
    internal_files,
    make_release,
)
from surveyapp.questionnaire.quality import Sign
from surveyapp.storage.counted.releases import bundle

group = Commands("results", help="Results of a wave.")
BY = "command line"


def _public(slug: str, code: str) -> Mapping[str, bytes]:
    made = make_release(slug, code, BY, now())
    packed = bundle(made.id)
    return {**unpacked(packed), f"{slug}_{code}_release_{made.number}.zip": packed}


@group.command("export")
@click.argument("slug")
@click.option("--wave", "code", required=True)
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--audience", type=click.Choice(["public", "internal"]), default="public")
@click.option(
    "--leave-out",
    type=click.Choice([sign.value for sign in Sign]),
    multiple=True,
    help="Internal only: leave out who showed a sign of not thinking; repeatable.",
)
def export(slug: str, code: str, folder: Path, audience: str, leave_out: tuple[str, ...]) -> None:
    """Write the results of a wave into a folder, and print each file's name.

    Public results are a numbered release of a closed wave. Internal results are raw: their names
    begin INTERNAL_, and that they were written is noted.
    """
    if leave_out and audience == "public":
        raise click.ClickException("public results count everybody: --leave-out is internal only")
    try:
        if audience == "internal":
            files = internal_files(slug, code, BY, now(), [Sign(one) for one in leave_out])
        else:
            files = _public(slug, code)
    except WaveNotFoundError as error:
        raise click.ClickException(f"survey {slug} has no wave {code}") from error
    except WaveNotClosedError as error:
        raise click.ClickException(
            f"wave {code} is not closed: public results wait until it is (wave close {slug} {code})"
        ) from error
    except NothingToReleaseError as error:
        raise click.ClickException(f"nobody answered wave {code}") from error
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in sorted(files.items()):
        (folder / name).write_bytes(data)
        click.echo(str(folder / name))
