"""Which reports of a history are written for other editions of the standard, or for other guides: each told once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ldbu_desktop.conformance.checks.other_editions import OtherEditions
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.deliveries.model import HistoryCounts, OtherEdition
from ldbu_desktop.json_text import parse
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard


class EditionsMet:
    """What reports of other editions are known by, and what is told of each edition."""

    def __init__(self, standard: Standard, engine: Engine, counts: HistoryCounts) -> None:
        self._editions, self._engine, self._counts = OtherEditions(standard.header), engine, counts
        self._guides = {one.id for one in standard.header.editions if one.canonical}

    def of(self, value: Mapping[str, Any], text: BundleText) -> OtherEdition | None:
        """The edition that a rejected report is written for; None where it is the one that is checked by."""
        edition = self._editions.of(value)
        if edition and edition not in self._counts.others:
            for reason in self._engine.reason_for_all(parse(text.data), text.data):
                self._counts.others[edition] = OtherEdition(text.file, reason, edition in self._guides)
        return self._counts.others.get(edition)
