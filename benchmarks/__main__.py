"""Print what a complete response costs, beside an empty view in the same run."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.load import Load, empty_load, survey_load
from benchmarks.server import Processes, Server, serving
from benchmarks.survey import SLUG, check_stored, environment_of, prepare, settings_for
from tests import postgres

CLIENTS = (1, 8, 32)
WARM_UP = 32
HEADING = (
    "| what | clients | journeys/s | p50 ms | p99 ms | CPU ms a journey | database | ratio |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|"
)


@contextmanager
def _database(name: str, folder: Path) -> Iterator[tuple[str, Processes | None]]:
    """Give the address of an empty database, and the processes of its server if it has one."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'benchmark.db'}", None
        return
    # As in production: a response that was acknowledged survives a power cut.
    with postgres.running(postgres.DURABLE) as server:
        leader = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        yield server.create("benchmark"), Processes(leader)


def _line(what: str, load: Load, yardstick: Load) -> str:
    database = f"{load.database_cpu_per_journey:.1f}" if load.database_cpu_ms else "-"
    return (
        f"| {what} | {load.clients} | {load.journeys_per_second:.1f} | {load.p50_ms:.1f}"
        f" | {load.p99_ms:.1f} | {load.cpu_per_journey:.1f} | {database}"
        f" | {load.cpu_per_journey / yardstick.cpu_per_journey:.2f} |"
    )


def _megabytes(found: list[float]) -> str:
    return ", ".join(f"{one:.0f} MB" for one in found)


def _pairs(
    server: Server, database: Processes | None, empty: Server, journeys: int
) -> tuple[list[tuple[Load, Load]], list[str]]:
    """Measure journeys and, at once after each, as many requests to the empty view."""
    warm = survey_load(server, database, SLUG, 8, min(WARM_UP, journeys))
    requests = round(warm.requests / warm.journeys)
    empty_load(empty, 8, min(WARM_UP, journeys), requests)
    pairs, receipts = [], list(warm.receipts)
    for clients in CLIENTS:
        load = survey_load(server, database, SLUG, clients, journeys)
        receipts += load.receipts
        pairs.append((load, empty_load(empty, clients, journeys, requests)))
    return pairs, receipts


def _measure(name: str, empty: Server, journeys: int) -> str:
    """Print the lines of one database; return what is said below the table.

    :raise RuntimeError: if not every journey was stored once.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        url, database = stack.enter_context(_database(name, folder))
        settings = settings_for(url, folder)
        prepare(settings)
        with serving("wsgi:app", environment_of(settings)) as server:
            pairs, receipts = _pairs(server, database, empty, journeys)
            memory = _megabytes(server.memory_mb())
        stored = check_stored(settings, receipts)
    for load, yardstick in pairs:
        print(_line(name, load, yardstick))
        print(_line("empty view", yardstick, yardstick))
    requests = pairs[0][0].requests / pairs[0][0].journeys
    return (
        f"{name}: {stored} journeys of {requests:.1f} requests, {stored} responses, none doubled;"
        f" workers {memory}"
    )


def main() -> None:
    """Measure each database beside the yardstick and print one table."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--journeys", type=int, default=160, help="for each line of the table")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    print(HEADING)
    with serving("benchmarks.empty:app", {}) as empty:
        told = [_measure(name, empty, given.journeys) for name in given.databases]
        told.append(f"empty view: workers {_megabytes(empty.memory_mb())}")
    print("", *told, sep="\n")


if __name__ == "__main__":
    main()
