"""Print what a complete response costs, beside an empty view in the same run."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.load import Load, empty_load, survey_load
from benchmarks.server import Processes, serving
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


def _surveys(name: str, journeys: int) -> tuple[list[Load], str]:
    """Measure journeys on one database, and prove that each was stored once."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        url, database = stack.enter_context(_database(name, folder))
        settings = settings_for(url, folder)
        prepare(settings)
        with serving("wsgi:app", environment_of(settings)) as server:
            warm = survey_load(server, database, SLUG, 8, min(WARM_UP, journeys))
            loads = [survey_load(server, database, SLUG, one, journeys) for one in CLIENTS]
            memory = _megabytes(server.memory_mb())
        receipts = [code for load in (warm, *loads) for code in load.receipts]
        stored = check_stored(settings, receipts)
    return loads, f"{name}: {stored} journeys, {stored} responses, none doubled; workers {memory}"


def _empty(journeys: int, requests: int) -> tuple[dict[int, Load], str]:
    with serving("benchmarks.empty:app", {}) as server:
        empty_load(server, 8, min(WARM_UP, journeys), requests)
        loads = {one: empty_load(server, one, journeys, requests) for one in CLIENTS}
        return loads, f"empty view: workers {_megabytes(server.memory_mb())}"


def main() -> None:
    """Measure each database, then the yardstick, and print one table."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--journeys", type=int, default=320, help="for each line of the table")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    measured = {name: _surveys(name, given.journeys) for name in given.databases}
    first = next(iter(measured.values()))[0][0]
    requests = round(first.requests / first.journeys)
    yardsticks, remark = _empty(given.journeys, requests)
    print(f"A journey is {requests} requests; each line is {first.journeys} journeys.\n\n{HEADING}")
    for name, (loads, _remark) in measured.items():
        for load in loads:
            print(_line(name, load, yardsticks[load.clients]))
    for load in yardsticks.values():
        print(_line("empty view", load, load))
    print("", *(told for _loads, told in measured.values()), remark, sep="\n")


if __name__ == "__main__":
    main()
