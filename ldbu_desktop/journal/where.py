"""One address for any place in a journal: what an operation is about, a finding points to, and a window looks at."""

from __future__ import annotations

from typing import Final, NamedTuple


class Where(NamedTuple):
    """A place in a journal, as exactly as it is told; nothing told is the whole journal.

    ``family`` and ``visit`` are keys, and so is ``record``: that of a citizen, parenthood, school, observation,
    intervention or response. ``field`` is the catalogue's id of the part that is meant (``visit.start``,
    ``observation.unit``); it is empty, or the variable's own id, for an observation's value. ``variable`` is the id of
    what is observed. ``number`` tells apart what stands in a list, counted from 0 (reasons, interventions behind a
    visit, answers to one question).

    What is not recorded yet has no key: it is told by ``subject``, the key of the citizen that it is about, and by its
    variable, or by ``questionnaire`` and the ``link_id`` of the question.
    """

    family: str = ""
    visit: str = ""
    record: str = ""
    field: str = ""
    variable: str = ""
    number: int | None = None
    subject: str = ""
    questionnaire: str = ""
    link_id: str = ""


WHOLE_JOURNAL: Final = Where()
"""No place in particular."""
