"""Sign in as one of the demo's people."""

import json
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveyapp.demo.sign_ins import FILE, email
from surveyapp.storage.people.staff import Role


def password(app: Flask, role: Role) -> str:
    """Return the password of a role's person."""
    kept = json.loads((Path(app.config["DATA_FOLDER"]) / FILE).read_text())
    return str(kept[email(role)])


def sign_in(app: Flask, client: FlaskClient, role: Role) -> TestResponse:
    """Sign a client in through the page."""
    page = client.get("/en/staff/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    values = {"csrf_token": token, "email": email(role), "password": password(app, role)}
    return client.post("/en/staff/sign-in", data=values)
