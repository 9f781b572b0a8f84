"""Deadlines met by a reason: one operation that says of many observations why there is no value."""

from __future__ import annotations

from collections.abc import Iterable

from ldbu_desktop.editing.mending import Edit, Mend
from ldbu_desktop.editing.operations import MendValues
from ldbu_desktop.findings.deadlines import Deadline
from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.journal.mendings import Mending


def reasoned(found: Iterable[Deadline], code: str) -> MendValues:
    """The operation that gives ``code`` as the reason at each of ``found`` that may lack a value."""
    edits = tuple(
        Edit(place._replace(field=OBSERVATION_MISSING_REASON), code)
        for one in found
        if one.may_lack
        for place in (one.where, *one.others)
    )
    return MendValues(edits, Mend(Mending.MISSING_REASON, code))
