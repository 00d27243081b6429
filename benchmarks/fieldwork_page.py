"""What the page that tells who answered costs, at as many responses as a data folder holds.

Load them first (``DATA_FOLDER=FOLDER flask --app wsgi demo --responses 1000000``), then run
``DATA_FOLDER=FOLDER python -m benchmarks.fieldwork_page``. Each figure is the fastest of five.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from surveyapp.demo.loading import SLUG
from surveyapp.press.answered import FACTS_READ, answered
from surveyapp.press.coverage import columns_read, coverage
from surveyapp.storage.counted.snapshot import sample_of, snapshot
from surveyapp.storage.drafting.surveys import newest_edition, survey_by_slug
from surveyapp.storage.field.waves import samples_of, waves_of
from wsgi import app

T = TypeVar("T")
TIMES = 5


def cheapest(name: str, work: Callable[[], T]) -> T:
    """Do something five times, and print the least processor time it took."""
    spent = []
    for _ in range(TIMES):
        began = time.process_time()
        done = work()
        spent.append(time.process_time() - began)
    print(f"{name:<36}{min(spent) * 1000:>8.0f} ms CPU")
    return done


def main() -> None:
    """Print what each part costs, for each wave and sample of the demo."""
    survey = survey_by_slug(SLUG)
    assert survey is not None
    edition = newest_edition(survey.id)
    assert edition is not None
    asked, now = edition.questionnaire, datetime.now(UTC)
    needed = FACTS_READ | columns_read(asked)
    for wave in waves_of(survey.id):
        found = cheapest(f"{wave.code}: read", lambda wave=wave: snapshot(wave.id, needed))
        print(f"{len(found):,} responses")
        for sample in samples_of(wave.id):
            mine = sample_of(found, sample.id)
            said = f"{wave.code} {sample.code}"
            cheapest(f"{said}: part", lambda one=sample, all_=found: sample_of(all_, one.id))
            cheapest(
                f"{said}: count",
                lambda part=mine, wave=wave, one=sample: answered(part, wave, one, asked, now),
            )
            cheapest(f"{said}: groups", lambda part=mine, wave=wave: coverage(part, wave, asked))


if __name__ == "__main__":
    with app.app_context():
        main()
