"""Corrections that were kept, as one says it: how many, and of which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ldbu_desktop.journal.dates import local
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import clock_words, day_words
from ldbu_desktop.workspace.kept_corrections import Kept, value_count


def kept_words(kept: Sequence[Kept], today: date) -> str:
    """How many values were corrected another day, and when the last of them was."""
    when = since_words(max(one.at for one in kept), today)
    count = value_count(kept)
    return tr("{count, plural, one {# rettelse} other {# rettelser}} til filen fra {when}", count=count, when=when)


def since_words(at: datetime, today: date) -> str:
    """A day as one says it: today with the time, yesterday, or the date."""
    moment = local(at)
    days = (today - moment.date()).days
    if days == 0:
        return tr("i dag kl. {time}", time=clock_words(moment))
    if days == 1:
        return tr("i går")
    return day_words(moment.date())
