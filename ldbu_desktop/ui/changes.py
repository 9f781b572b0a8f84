"""Where two states of a journal differ: what undo and redo let the user look at."""

from __future__ import annotations

from ldbu_desktop.journal.model import Journal, Visit
from ldbu_desktop.ui.session import Selection


def place_of_change(before: Journal, after: Journal) -> Selection:
    """Where two states of a journal differ first: a visit with its record, or a family; nowhere where one has gone."""
    earlier = {family.key: family for family in before.families}
    for family in after.families:
        old = earlier.get(family.key)
        if old is family:
            continue
        known = {visit.key: visit for visit in old.visits} if old else {}
        for visit in family.visits:
            if (was := known.get(visit.key)) is not visit:
                return _changed_record(family.key, visit, was)
        return Selection(family.key)
    return Selection()


def _changed_record(family: str, visit: Visit, before: Visit | None) -> Selection:
    observations = before.observations if before else ()
    for one in (*visit.observations, *observations):
        if one not in observations or one not in visit.observations:
            return Selection(family, visit.key, one.key, "", one.variable.value or "")
    return Selection(family, visit.key)
