"""The Flask extensions: created here, configured by create_app."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response
from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Every table. Constraints have names, so that migrations can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Program(Flask):
    """Flask without coroutines: it need not ask of each function in each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view or hook as it is."""
        return func


class Compression(Compress):
    """Flask-Compress, which is not asked about what has no page or is compressed already."""

    def after_request(self, response: Response | None) -> Response:
        """Compress a page."""
        if response is not None and (
            response.status_code in (204, 302, 303) or "Content-Encoding" in response.headers
        ):
            return response
        return super().after_request(response)


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True)
babel = Babel()
csrf = CSRFProtect()
compress = Compression()
