"""Preview: the report of one visit as it would be sent now, and where in it its records and their fields stand."""

from __future__ import annotations

from datetime import datetime

from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.model import Preview
from ldbu_desktop.bundles.preview import preview_of
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard


def preview(
    journal: Journal, standard: Standard, visit: str, now: datetime, base_url: str = "", ledger: Ledger | None = None
) -> Preview:
    """The report of a visit that is in the journal, by its key. It is shown also where it could not be sent.

    ``ledger`` is what was delivered before: what is wrong of it is voided and told anew.
    """
    return preview_of(journal, standard, visit, now, base_url, ledger)
