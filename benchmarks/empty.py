"""The yardstick: a Flask application whose only view does nothing."""

from flask import Flask

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def nothing() -> str:
    """Answer with two letters."""
    return "ok"
