"""What a verdict on a bundle says of one report in it: whether it is taken, and the errors that are its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ldbu_desktop.conformance.model import Verdict
from ldbu_desktop.findings.model import Finding


def accepting(verdict: Verdict) -> Callable[[int], bool]:
    """What says of the report at an entry whether nothing is wrong with it, and nothing with what holds it."""
    errors = verdict.errors

    def is_accepted(entry: int) -> bool:
        if entry < 0:
            return not errors
        return not any(one.path[:2] == ("entry", entry) or one.path[:1] != ("entry",) for one in errors)

    return is_accepted


def errors_of(verdict: Verdict, outer: int) -> Iterator[tuple[int, str, Finding]]:
    """The errors of the report at an entry of a delivery: each its own entry in it (-1: none), and the path inside."""
    for one in verdict.errors:
        path = one.path
        if outer >= 0 and path[:1] == ("entry",):
            if path[:2] != ("entry", outer):
                continue
            path = path[3:]
        entry, inside = -1, path
        if path[:1] == ("entry",) and len(path) > 1 and isinstance(path[1], int):
            entry, inside = path[1], path[3:]
        yield entry, ".".join(step for step in inside if isinstance(step, str)), one
