"""Keys of records that a file gives none: the same at the next export, wherever in the file the record stands then."""

from __future__ import annotations

from datetime import datetime

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.model import Entry, Moment


def citizen_key(cpr: Entry[str]) -> str | None:
    """The key of a citizen by the CPR number, which can't be read in it; None where there is none that can be read."""
    return readings.citizen_key(cpr.value) if cpr.value is not None else None


def visit_key(citizen: str | None, start: Entry[Moment], visit_type: Entry[str]) -> str | None:
    """The key of a citizen's visit by its start and type; None where it is not said whose it was, or when."""
    if citizen is None or start.value is None:
        return None
    at = start.value
    # A time zone takes longest to be told, and is left out.
    when = at.replace(tzinfo=None).isoformat(" ", "minutes") if isinstance(at, datetime) else at.isoformat()
    return f"{citizen}/{when}/{visit_type.value or visit_type.raw.strip()}"
