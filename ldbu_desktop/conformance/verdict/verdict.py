"""What the engine says about a delivery report: values only; texts for people are made from them later."""

from __future__ import annotations

from collections.abc import Sequence

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.findings.model import Follower, Location
from ldbu_desktop.journal.model import Origin
from ldbu_desktop.json_text import JsonPath


def conformance_finding(
    key: str,
    at: str,
    path: JsonPath,
    code: str,
    found: str = "",
    expected: str = "",
    profile: str = "",
    followers: tuple[Follower, ...] = (),
    obstacles: Sequence[ConformanceFinding] = (),
) -> ConformanceFinding:
    """A finding at a FHIRPath and a place in the JSON document, whose line is not known yet.

    Its rule is the short key that people know it by: an invariant's without the profile that defines it.
    """
    return ConformanceFinding(
        code,
        Location(Origin(path=at)),
        found,
        key.rpartition("#")[2] or code,
        {name: fact for name, fact in (("expected", expected), ("profile", profile)) if fact},
        followers,
        tuple(obstacles),
        key,
        path,
    )
