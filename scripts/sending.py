"""Write the scripts and style sheets as they are sent: parts joined, names short, spaces gone.

A script is written in parts, one subject each, and goes out as one file inside one function, so
that no name leaks out. What is sent is kept beside its sources: nothing of this runs on a server,
and a test holds that the two agree.
"""

import sys
from pathlib import Path

import minify

STATIC = Path(__file__).resolve().parent.parent / "surveyapp" / "static"
SENT = STATIC / "sent"
# Each script takes the parts of its own folder, and these of the residents': a tablet at events
# takes all but those that it has under the same name.
BORROWED = {
    "survey": "",
    "editor": "",
    "places": "",
    "entry": "conditions.js",
    "kiosk": "*.js",
}


def joined(name: str) -> str:
    """Join the parts of a script in the order of their names."""
    borrowed = BORROWED[name]
    folders = [(STATIC / "survey", borrowed)] if borrowed else []
    parts = {
        part.name: part.read_text("utf-8")
        for folder, wanted in [*folders, (STATIC / name, "*.js")]
        for part in folder.glob(wanted)
    }
    bodies = [text.removeprefix('"use strict";\n') for _name, text in sorted(parts.items())]
    return "\n".join(("(function () {", '"use strict";', *bodies, "})();"))


def sent() -> dict[str, str]:
    """Return every file as it is sent, by its name."""
    scripts = {
        f"{name}.js": minify.string("application/javascript", joined(name)) for name in BORROWED
    }
    sheets = {
        one.name: minify.string("text/css", one.read_text("utf-8")) for one in STATIC.glob("*.css")
    }
    return scripts | sheets


def main(folder: Path) -> None:
    """Write what is sent, and take away what is no longer."""
    folder.mkdir(exist_ok=True)
    files = sent()
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    for one in folder.iterdir():
        if one.name not in files:
            one.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SENT)
