"""A production server that dies without warning and comes back at the same address."""

import os
import signal
import subprocess
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from benchmarks.server import ROOT, command, free_port, wait_for


class Mortal:
    """A server that can be killed; nothing that it acknowledged may die with it."""

    def __init__(self, application: str, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self._command = command(application, self.port)
        self._environment = {**os.environ, **environment}

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.port, self._process)

    def _kill(self) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=30)

    def kill_and_start(self) -> None:
        """Kill every process of the server in the middle of whatever it does; start it again."""
        self._kill()
        self._start()

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self._kill()
