"""In which form the days of a column are written: decided as the journal's reading does, by all that stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from ldbu_desktop.journal.model import Moment
from ldbu_desktop.journal.readings import moment
from ldbu_desktop.journal.written_dates import DateForm, days_by_form
from ldbu_desktop.mapping.date_forms import needs_column, read_by_column


class DayColumn:
    """A column of days, heard of cell by cell before any is asked for. ``order`` is the form that somebody has said."""

    def __init__(self, order: DateForm | None = None) -> None:
        self._order = order
        self._texts: set[str] = set()
        self._read: Mapping[str, Moment | None] | None = None
        self._usual: DateForm | None = None
        self.is_by_column = False
        """Whether a text of it is no day by itself, or may be another one beside the others."""

    def saw(self, text: str) -> None:
        """Hear of a cell."""
        if text not in self._texts:
            self._texts.add(text)
            self.is_by_column = self.is_by_column or needs_column(text) or moment(text) is None

    def form_of(self, text: str, latest_year: int, usual: DateForm | None = None) -> DateForm | None:
        """The form in which a text is a day there; None where it is one by itself, or none.

        What may be in several is in that of most others there, or in ``usual``.
        """
        if self._order is not None or not self.is_by_column:
            return self._order
        forms = self._forms_of(text, latest_year)
        if len(forms) < 2:
            return forms[0] if forms else None
        return next((form for form in (self._usual, usual) if form in forms), None)

    def forms(self, latest_year: int) -> Iterator[DateForm]:
        """The form of each different text that is a day in one only."""
        found = (self._forms_of(text, latest_year) for text in self._texts if self.is_by_column)
        return (forms[0] for forms in found if len(forms) == 1)

    def _forms_of(self, text: str, latest_year: int) -> list[DateForm]:
        """The forms in which a text is the day that it is read as; all that it can have where it can't be known."""
        read = self._by_column(latest_year).get(text)
        day = read.date() if isinstance(read, datetime) else read
        able = days_by_form(text, latest_year)
        return [form for form, of_form in able.items() if of_form is not None and day in (None, of_form)]

    def _by_column(self, latest_year: int) -> Mapping[str, Moment | None]:
        if self._read is None:
            self._read = read_by_column(self._texts, latest_year)
            self._usual = most_of(self.forms(latest_year))
        return self._read


def most_of(forms: Iterator[DateForm]) -> DateForm | None:
    """The form that there are most of; None of none."""
    counts = Counter(forms)
    return max(sorted(counts), key=counts.__getitem__, default=None)
