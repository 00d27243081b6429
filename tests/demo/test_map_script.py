"""The script that drew the map still draws every place of the county."""

import json
import subprocess
import sys

from config import ROOT
from surveyapp.demo.county import outlines


def test_it_draws_the_places_of_the_county() -> None:
    script = str(ROOT / "scripts" / "draw_county.py")
    done = subprocess.run([sys.executable, script], capture_output=True, timeout=300, check=True)
    drawn = {
        one["properties"]["code"]: one["geometry"] for one in json.loads(done.stdout)["features"]
    }
    assert set(drawn) == set(outlines())
    for code, geometry in drawn.items():
        assert geometry["type"] == outlines()[code]["type"]
