"""Which evidence speaks against a link, and by which a file itself says what a text means: facts that ship."""

from __future__ import annotations

from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource


class RecallFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes of evidence, by what they mean for what was decided before."""

    contradicting: frozenset[str]
    by_list: frozenset[str]
    exact: frozenset[str]


@cache
def facts() -> RecallFacts:
    """The facts that ship with the program, read once."""
    return msgspec.json.decode(resource("mapping", "recall.json").read_bytes(), type=RecallFacts)
