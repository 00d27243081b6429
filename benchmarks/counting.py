"""What it takes to count and release a synthetic million: seconds and memory.

Run as ``python -m benchmarks.counting [RESPONSES]``. Answers are drawn into the matrix of the
shipped survey, over 116 places: nothing but counting and disclosure control is timed.
"""

import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from surveyapp.questionnaire.columns import BLANK, NOT_ASKED, ColumnKind, column_plan, grown
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.shipped import shipped
from surveyapp.statistics.disclosure import release
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.results import compute
from surveyapp.statistics.tables import Array, Hierarchy, Matrix

T = TypeVar("T")
TOWNS, NEIGHBOURHOODS = 4, 28


def places() -> Hierarchy:
    """Make four towns of 28 neighbourhoods."""
    towns = [f"t{number}" for number in range(TOWNS)]
    below = [(f"{town}n{n}", no) for no, town in enumerate(towns) for n in range(NEIGHBOURHOODS)]
    return Hierarchy(
        codes=(*towns, *(code for code, _town in below)),
        levels=("municipality",) * TOWNS + ("neighbourhood",) * len(below),
        parents=(-1,) * TOWNS + tuple(town for _code, town in below),
        populations=(280_000,) * TOWNS + (10_000,) * len(below),
        by_agreement=(False,) * (TOWNS + len(below)),
    )


def answers(questionnaire: Questionnaire, number: int, hierarchy: Hierarchy) -> Matrix:
    """Draw answers: one in twenty is blank, and some places have few people."""
    chance = np.random.default_rng(1)
    plan = column_plan(questionnaire)
    codes = grown({}, (plan,))
    columns: dict[str, Array] = {}
    for column in plan:
        blank = chance.random(number) < 0.05
        if column.kind is ColumnKind.bits:
            ticks = 1 << chance.integers(0, len(codes[column.name]), number)
            columns[column.name] = np.where(blank, 0, ticks).astype("uint64")
        elif column.kind is ColumnKind.number:
            columns[column.name] = chance.integers(0, 60, number).astype("float64")
        elif column.kind is ColumnKind.code:
            drawn = chance.integers(0, len(codes[column.name]), number)
            columns[column.name] = np.where(blank, BLANK, drawn).astype("int8")
        else:
            columns[column.name] = np.where(blank, BLANK, 0).astype("int8")
    for column in plan:  # who was no victim is not asked whether it was reported
        if column.name == "reported":
            columns[column.name][columns["victim"] != 0] = NOT_ASKED
    weights = chance.pareto(1.0, len(hierarchy.codes) - TOWNS) + 0.01
    where = chance.choice(len(weights), number, p=weights / weights.sum()) + TOWNS
    return Matrix(columns, codes, where.astype("int64"))


def timed(name: str, work: Callable[[], T]) -> T:
    """Do something, and print how long it took and the most memory so far."""
    began, cpu = time.perf_counter(), time.process_time()
    done = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    print(f"{name:<28}{seconds:>9.2f} s{used:>9.2f} s CPU{peak:>9.0f} MB peak")
    return done


def main(number: int) -> None:
    """Print the table."""
    questionnaire, hierarchy = shipped(), places()
    print(f"{number:,} responses, {len(hierarchy.codes)} places")
    matrix = timed("draw the answers", lambda: answers(questionnaire, number, hierarchy))
    size = sum(column.nbytes for column in matrix.columns.values()) / 2**20
    print(f"{'the matrix':<28}{size:>9.0f} MB")
    raw = timed("count", lambda: compute(questionnaire, matrix, hierarchy, open_sample=False))
    public = timed("release", lambda: release(raw, Policy.of(questionnaire)))
    frame = public.items.frame
    print(f"{len(frame):,} rows of items, {int(frame.suppressed.sum()):,} of them hidden")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
