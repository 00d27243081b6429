"""Outlines made simpler without coming apart: a border that two places share stays one border.

Rings are cut where borders meet, each piece is simplified once, and both its places get the same
points (the idea of TopoJSON). Simplifying each place by itself would open gaps between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

Point = tuple[int, int]
Ring = tuple[Point, ...]  # not closed: the last point is not the first again
Piece = tuple[Point, ...]  # a piece of border, from one meeting of borders to the next


def _meetings(rings: Iterable[Ring]) -> set[Point]:
    """Find the points where borders meet: those whose neighbours differ from ring to ring."""
    neighbours: dict[Point, frozenset[Point]] = {}
    found = set()
    for ring in rings:
        for index, point in enumerate(ring):
            both = frozenset((ring[index - 1], ring[(index + 1) % len(ring)]))
            if neighbours.setdefault(point, both) != both:
                found.add(point)
    return found


def _pieces(ring: Ring, meetings: set[Point]) -> list[Piece]:
    """Cut a ring at the meetings; one without any begins at its smallest point.

    So an island gives the same piece as the hole that it lies in.
    """
    first = next((at for at, one in enumerate(ring) if one in meetings), ring.index(min(ring)))
    turned = (*ring[first:], *ring[: first + 1])
    cuts = [at for at, point in enumerate(turned) if point in meetings]
    cuts = [0, *(at for at in cuts if 0 < at < len(turned) - 1), len(turned) - 1]
    return [turned[start : end + 1] for start, end in zip(cuts, cuts[1:], strict=False)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the square of how far a point lies from a line between two points."""
    along = (end[0] - start[0], end[1] - start[1])
    away = (point[0] - start[0], point[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    part = (away[0] * along[0] + away[1] * along[1]) / length if length else 0
    part = min(max(part, 0), 1)
    return (away[0] - part * along[0]) ** 2 + (away[1] - part * along[1]) ** 2


def _farthest(piece: Piece, start: int, end: int) -> tuple[float, int]:
    between = range(start + 1, end)
    return max((_distance(piece[at], piece[start], piece[end]), at) for at in between)


def _simplified(piece: Piece, tolerance: float, least: int) -> Piece:
    """Keep the points that lie farther than the tolerance from the line (Douglas and Peucker).

    At least ``least`` points stay where there are as many: a ring must not close to a line.
    """
    kept = {0, len(piece) - 1}
    waiting = [(0, len(piece) - 1)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        far, at = _farthest(piece, start, end)
        if far > tolerance**2 or len(kept) < least:
            kept.add(at)
            waiting += [(start, at), (at, end)]
    return tuple(piece[at] for at in sorted(kept))


def _canonical(piece: Piece) -> Piece:
    return min(piece, piece[::-1])


def _least_points(pieces: Iterable[Piece]) -> Mapping[Piece, int]:
    """Say how many points each piece keeps at least.

    A ring keeps a triangle. Where two pieces join the same two meetings, both keep their bend:
    else whatever lies between them would vanish.
    """
    ends: dict[frozenset[Point], set[Piece]] = defaultdict(set)
    for piece in pieces:
        ends[frozenset((piece[0], piece[-1]))].add(piece)
    return {
        piece: 4 if len(joined) == 1 else 3 if len(twins) > 1 else 2
        for joined, twins in ends.items()
        for piece in twins
    }


def simplified(rings: Sequence[Ring], tolerance: float) -> tuple[Ring, ...]:
    """Simplify rings on a grid together; ``tolerance`` is in steps of the grid.

    Rings that share points keep sharing them. Each ring has at least three different points.
    """
    meetings = _meetings(rings)
    cut = [_pieces(ring, meetings) for ring in rings]
    least = _least_points(_canonical(piece) for pieces in cut for piece in pieces)

    @cache
    def once(piece: Piece) -> Piece:
        return _simplified(piece, tolerance, least[piece])

    def joined(pieces: Sequence[Piece]) -> Ring:
        points: list[Point] = []
        for piece in pieces:
            whole = _canonical(piece)
            drawn = once(whole) if whole == piece else once(whole)[::-1]
            points += drawn[:-1]
        return tuple(points)

    return tuple(joined(pieces) for pieces in cut)
