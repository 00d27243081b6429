"""Start a program under the production server and read what CPU and memory it used."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Processes:
    """A process and those it started."""

    leader: int

    @property
    def children(self) -> list[int]:
        """The processes that the leader started and that still run."""
        listed = Path(f"/proc/{self.leader}/task/{self.leader}/children").read_text().split()
        return [int(child) for child in listed]

    def cpu_seconds(self) -> float:
        """User and system time so far, that of children already gone included, in seconds."""
        ticks = sum(_ticks(self.leader, 4)) + sum(sum(_ticks(one, 2)) for one in self.children)
        return ticks / TICKS

    def memory_mb(self) -> list[float]:
        """Memory of each child, its share of what is shared counted once (PSS), in megabytes."""
        return [_proportional_kb(child) / 1024 for child in self.children]


def _ticks(pid: int, fields: int) -> list[int]:
    """Read user time, system time and the same of reaped children, as many of them as asked."""
    # The name of a process may hold blanks: count the fields from the closing bracket.
    found = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [int(one) for one in found[11 : 11 + fields]]


def _proportional_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@dataclass(frozen=True)
class Server(Processes):
    """A running server, by its port."""

    port: int


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(application: str, port: int) -> list[str]:
    """Return what starts an application with the settings of production."""
    return [
        sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py",
        "--bind", f"127.0.0.1:{port}", "--log-level", "warning", application,
    ]  # fmt: skip


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server listens.

    :raise RuntimeError: if it ends first, or takes longer than 30 seconds.
    """
    for _attempt in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not listen within 30 seconds")


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve an application with the settings of production; stop it at the end."""
    port = free_port()
    process = subprocess.Popen(
        command(application, port),
        cwd=ROOT,
        env={**os.environ, **environment},
        start_new_session=True,
    )
    try:
        wait_for(port, process)
        yield Server(leader=process.pid, port=port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
