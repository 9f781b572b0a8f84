"""What was shown before it was checked: of all that is shown, only that looks otherwise when more is checked."""

from __future__ import annotations

from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.session import Session


class ShownUnchecked:
    """The places of the journal that a model told of while they were not checked.

    While a large journal is checked that is told many times a second; drawing everything anew each time would halt the
    window again and again for rows that say what they said before.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places: set[Where] = set()
        self._is_over = False

    def forget(self) -> None:
        """Something else is shown."""
        self._places.clear()
        self._is_over = False

    def is_checked(self, where: Where) -> bool:
        """Whether a place that is shown now is checked."""
        is_checked = self._session.work.is_checked(where)
        if not is_checked:
            self._places.add(where)
        return is_checked

    def take_checked(self) -> bool:
        """Whether what is shown says something else by now; of what is checked by now that is told once."""
        work = self._session.work
        was_over, self._is_over = self._is_over, work.found is not None and work.is_checked()
        if work.found is None or self._is_over:
            self._places.clear()
            return not was_over
        checked = set(filter(work.is_checked, self._places))
        self._places -= checked
        return bool(checked)
