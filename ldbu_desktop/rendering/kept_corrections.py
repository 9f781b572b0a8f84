"""What was done to what files said, as one says it: how much, and of which day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ldbu_desktop.editing.operations import AcceptFindings, MendValues, Operation, TakeBackAcceptances
from ldbu_desktop.journal.dates import local
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import clock_words, day_words
from ldbu_desktop.workspace.kept_corrections import Kept


def changes_words(done: Iterable[Operation]) -> str:
    """How many values were corrected; where findings were accepted or had again too, how much was done in all."""
    count, are_corrections = 0, True
    for operation in done:
        match operation:
            case AcceptFindings(accepted) | TakeBackAcceptances(accepted):
                count, are_corrections = count + len(accepted), False
            case MendValues(edits):
                count += len(edits)
            case _:
                count += 1
    if are_corrections:
        return tr("{count, plural, one {# rettelse} other {# rettelser}}", count=count)
    return tr("{count, plural, one {# ændring} other {# ændringer}}", count=count)


def kept_words(kept: Sequence[Kept], case: str, today: date) -> str:
    """How much was done another day, when the last of it was, and which ``case`` file has it too, if one does."""
    when = since_words(max(one.at for one in kept), today)
    changes = changes_words(one.operation for one in kept)
    if not case:
        return tr("{changes} til filen fra {when}", changes=changes, when=when)
    name = without_cpr(case)
    return tr("{changes} til filen fra {when}, også gemt i sagsfilen »{case}«", changes=changes, when=when, case=name)


def since_words(at: datetime, today: date) -> str:
    """A day as one says it: today with the time, yesterday, or the date."""
    moment = local(at)
    days = (today - moment.date()).days
    if days == 0:
        return tr("i dag kl. {time}", time=clock_words(moment))
    if days == 1:
        return tr("i går")
    return day_words(moment.date())
