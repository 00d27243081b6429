"""Many residents at once, a bounded number of journeys, and what they cost the server."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

from benchmarks.client import Resident
from benchmarks.server import Processes, Server


@dataclass(frozen=True)
class Load:
    """What a number of clients met: times in milliseconds, CPU in milliseconds."""

    clients: int
    journeys: int
    requests: int
    seconds: float
    cpu_ms: float
    database_cpu_ms: float
    p50_ms: float
    p99_ms: float
    receipts: tuple[str, ...] = ()

    @property
    def journeys_per_second(self) -> float:
        """Complete journeys in each second."""
        return self.journeys / self.seconds

    @property
    def cpu_per_journey(self) -> float:
        """Server CPU for one complete journey, in milliseconds."""
        return self.cpu_ms / self.journeys

    @property
    def database_cpu_per_journey(self) -> float:
        """CPU of a database server for one complete journey, in milliseconds."""
        return self.database_cpu_ms / self.journeys


def _together(clients: int, work: Callable[[int], None]) -> float:
    problems: list[Exception] = []

    def one(number: int) -> None:
        try:
            work(number)
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return time.perf_counter() - began


def _measured(
    server: Server,
    database: Processes | None,
    clients: int,
    journeys: int,
    work: Callable[[Resident, int], None],
) -> Load:
    residents = [Resident(server.port) for _ in range(clients)]
    each = max(1, journeys // clients)

    def share(number: int) -> None:
        for turn in range(each):
            work(residents[number], number + turn)
        residents[number].connection.close()

    def used() -> tuple[float, float]:
        return server.cpu_seconds(), database.cpu_seconds() if database else 0.0

    before = used()
    seconds = _together(clients, share)
    after = used()
    times = [moment * 1000 for resident in residents for moment in resident.times]
    cuts = quantiles(times, n=100)
    return Load(
        clients=clients,
        journeys=each * clients,
        requests=len(times),
        seconds=seconds,
        cpu_ms=(after[0] - before[0]) * 1000,
        database_cpu_ms=(after[1] - before[1]) * 1000,
        p50_ms=cuts[49],
        p99_ms=cuts[98],
        receipts=tuple(code for resident in residents for code in resident.receipts),
    )


def survey_load(
    server: Server, database: Processes | None, slug: str, clients: int, journeys: int
) -> Load:
    """Complete journeys, every sixth one in French."""

    def work(resident: Resident, turn: int) -> None:
        resident.journey("fr" if turn % 6 == 0 else "en", slug, turn)

    return _measured(server, database, clients, journeys, work)


def empty_load(server: Server, clients: int, journeys: int, requests: int) -> Load:
    """The same number of requests for each journey to a view that does nothing.

    Fewer than half of them are posts, as in a journey.
    """

    def work(resident: Resident, _turn: int) -> None:
        for step in range(requests):
            resident.ask(*(("POST", "/", "a=1") if step % 2 else ("GET", "/", None)))

    return _measured(server, None, clients, journeys, work)
