"""Settings, read once from the environment; every problem is told at once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SECRET_LENGTH = 32
DEMO_SECRET = "demo_secret"
# What only the server reads: the value without a setting, the least and the most.
SERVER = {"PORT": (8_000, 1, 65_535), "WEB_WORKERS": (2, 1, 64), "WEB_THREADS": (4, 1, 64)}


class ConfigurationError(Exception):
    """The environment is not fit to serve residents; ``problems`` names every reason."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            "The configuration has problems:\n" + "\n".join(f"- {p}" for p in problems)
        )
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """What a running program needs to know of its surroundings."""

    secret_key: str
    database_url: str
    data_folder: Path
    public_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    starts_an_address: int = 300

    @property
    def secure(self) -> bool:
        """Whether residents reach the program over HTTPS."""
        return self.public_url.startswith("https://")


def _secret(environ: Mapping[str, str], folder: Path, make_demo: bool, problems: list[str]) -> str:
    given = environ.get("SECRET_KEY", "")
    written = folder / DEMO_SECRET
    if not given and written.exists():
        return written.read_text().strip()
    if not given and make_demo:
        folder.mkdir(parents=True, exist_ok=True)
        written.touch(mode=0o600)
        written.write_text(secrets.token_urlsafe(SECRET_LENGTH))
        return written.read_text()
    if not given:
        problems.append("SECRET_KEY is missing: set it to at least 32 random characters")
    elif len(given) < SECRET_LENGTH or len(set(given)) < 10:
        problems.append("SECRET_KEY is weak: set it to at least 32 random characters")
    return given


def _database_url(given: str, folder: Path, problems: list[str]) -> str:
    if not given:
        return f"sqlite:///{folder / 'surveyapp.db'}"
    scheme, mark, rest = given.partition("://")
    if not mark or scheme not in ("sqlite", "postgres", "postgresql", "postgresql+psycopg"):
        problems.append("DATABASE_URL begins neither with sqlite:// nor with postgresql://")
    return given if scheme == "sqlite" else f"postgresql+psycopg://{rest}"


def _is_count(given: str, least: int, most: int) -> bool:
    return given.isascii() and given.isdigit() and least <= int(given) <= most


def _count(name: str, given: str, most: int, problems: list[str]) -> int:
    if _is_count(given, 0, most):
        return int(given)
    problems.append(f"{name} is not a whole number from 0 to {most}")
    return 0


def for_server(environ: Mapping[str, str], name: str) -> int:
    """Return a setting of the server; for a wrong one, which no program starts with, the usual."""
    usual, least, most = SERVER[name]
    given = environ.get(name) or str(usual)
    return int(given) if _is_count(given, least, most) else usual


def _public_url(given: str, problems: list[str]) -> str:
    if not given.startswith(("http://", "https://")) or given.count("/") > 2:
        problems.append("PUBLIC_URL is not an address such as https://survey.example.ca")
    return given


def from_environment(environ: Mapping[str, str], *, make_demo: bool = False) -> Settings:
    """Read the settings; ``make_demo`` writes a secret for the demo if there is none yet.

    :raise ConfigurationError: naming every problem, so that one restart is enough.
    """
    problems = [
        f"{name} is not a whole number from {least} to {most}"
        for name, (usual, least, most) in SERVER.items()
        if not _is_count(environ.get(name) or str(usual), least, most)
    ]
    folder = Path(environ.get("DATA_FOLDER") or ROOT / "instance").absolute()
    settings = Settings(
        secret_key=_secret(environ, folder, make_demo, problems),
        database_url=_database_url(environ.get("DATABASE_URL", ""), folder, problems),
        data_folder=folder,
        public_url=_public_url(
            environ.get("PUBLIC_URL") or f"http://127.0.0.1:{for_server(environ, 'PORT')}", problems
        ),
        trusted_proxies=_count(
            "TRUSTED_PROXIES", environ.get("TRUSTED_PROXIES") or "0", 10, problems
        ),
        starts_an_address=_count(
            "STARTS_AN_ADDRESS", environ.get("STARTS_AN_ADDRESS") or "300", 1_000_000, problems
        ),
    )
    if problems:
        raise ConfigurationError(tuple(problems))
    return settings
