"""How a value is mended: what has to be typed at a place so that it says what was meant.

One mending fits many places. Where it does not fit what stands at one of them there is nothing to type, and nothing is
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.characters import plain
from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.values import edited
from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_SUBJECT,
    OBSERVATION_UNIT,
    VISIT_SUBJECT,
    VISIT_TYPE,
)
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.mendings import CHILD, DECIMALS, PARENT, THOUSANDS, Mending
from ldbu_desktop.journal.model import EMPTY, NOWHERE, Entry, Family, Journal, Observation, Visit
from ldbu_desktop.journal.plain_speech import as_meant
from ldbu_desktop.journal.readings import amount, cpr_digits, number_body, unit_text
from ldbu_desktop.journal.values import Value, value_at
from ldbu_desktop.journal.where import Where
from ldbu_desktop.journal.written_dates import DateForm, date_part, days_by_form
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard

_AROUND = " \t'\"`´’‘“”«»*;:=|"
_CPR_DIGITS = 10
_TWO_READINGS = 3


class Edit(NamedTuple):
    """A text to be read as the value at a place: of a record that is there, or of one that is made for it."""

    where: Where
    raw: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A mending with what is chosen for it: a code, a factor, a text. See :class:`Mending`."""

    by: Mending
    choice: str = ""


def mend(families: Iterable[Family], where: Where, how: Mend, standard: Standard) -> Edit | None:
    """What has to be typed for a mending at ``where``, a place in one of ``families``; None where it does not fit.

    An observation that is not there is made: of the visit's citizen, or of the only parent where it is a parent's.
    """
    families = [one for one in families if one.key == where.family]
    value = _standing(families, where)
    family = next((one for one in families if not where.visit or _visit(one, where.visit)), None)
    if value is None or family is None or (how.by.needs_choice and not how.choice):
        return None
    edit = _edit(family, value, where, how, standard)
    if edit is None or (edit.where == where and edit.raw == value.entry.raw):
        return None
    return edit if edit.where.record or not edit.where.variable else _with_subject(family, edit, standard)


def with_edits(journal: Journal, edits: Iterable[Edit], standard: Standard) -> Journal:
    """``journal`` with every edit made, family by family: it takes no longer for a large journal.

    Raises :class:`~ldbu_desktop.faults.CallFault` where there is no such value.
    """
    by_family: dict[str, list[Edit]] = {}
    for edit in edits:
        by_family.setdefault(edit.where.family, []).append(edit)
    places: dict[str, list[int]] = {}
    for at, family in enumerate(journal.families):
        if family.key in by_family:
            places.setdefault(family.key, []).append(at)
    families = list(journal.families)
    for key, of_family in by_family.items():
        part = Journal(tuple(families[at] for at in places.get(key, ())))
        for edit in of_family:
            part = _with_edit(part, edit, standard)
        for at, changed in zip(places[key], part.families, strict=True):
            families[at] = changed
    return replace(journal, families=tuple(families))


def _with_edit(journal: Journal, edit: Edit, standard: Standard) -> Journal:
    """``journal`` with one edit. Of an observation, a value and a reason take each other's place."""
    where = edit.where
    is_reason = where.field == OBSERVATION_MISSING_REASON
    is_answer = where.visit and where.variable in standard.variable and where.field in ("", where.variable)
    if where.visit and (is_reason or (is_answer and not (where.record and edit.raw.strip()))):
        if is_answer:
            where = where._replace(field="")
        return answered(journal, where, edit.raw, standard)
    return edited(journal, where, edit.raw, standard)


def _visit(family: Family, key: str) -> Visit | None:
    return next((one for one in family.visits if one.key == key), None)


def _observation(visit: Visit, key: str) -> Observation | None:
    return next((one for one in visit.observations if one.key == key), None)


def _standing(families: list[Family], where: Where) -> Value | None:
    """What stands at a place: an empty value where an observation is not there."""
    value = value_at(families, where)
    if value is None and where.visit and where.variable and not where.record:
        return Value(where, where.variable, EMPTY, NOWHERE)
    return value


def _edit(family: Family, value: Value, where: Where, how: Mend, standard: Standard) -> Edit | None:
    """The edit of one kind of mending."""
    entry, choice = value.entry, how.choice
    match how.by:
        case Mending.VALUE:
            return Edit(where, _as_meant(family, value, choice, standard))
        case Mending.EMPTY:
            return Edit(where, "") if entry.raw else None
        case Mending.CODE:
            return Edit(where, _term(value.name, choice, standard))
        case Mending.VISIT_TYPE:
            return Edit(where._replace(record="", field=VISIT_TYPE), _term(VISIT_TYPE, choice, standard))
        case Mending.MISSING_REASON:
            if where.variable not in standard.variable:
                return None
            reason = _term(OBSERVATION_MISSING_REASON, choice, standard)
            return Edit(where._replace(field=OBSERVATION_MISSING_REASON), reason)
        case Mending.SUBJECT:
            return _with_other_subject(family, where, choice)
        case Mending.UNIT:
            return _in_unit(family, where, choice)
        case _:
            raw = _rewritten(how, entry, value.name)
            return Edit(where, raw) if raw is not None else None


def _as_meant(family: Family, value: Value, typed: str, standard: Standard) -> str:
    """A value that is typed, as people say it: read by where it will stand."""
    variable, visit = standard.variable.get(value.name), _visit(family, value.where.visit)
    if variable is None or visit is None:
        return typed
    observation = _observation(visit, value.where.record)
    unit = observation.unit.value or "" if observation is not None else ""
    return as_meant(typed, variable, unit, family, visit, datetime.now(UTC), stands=value.entry.value)


def _rewritten(how: Mend, entry: Entry[object], name: str) -> str | None:
    """What stands there as it should be written; None where the mending does not fit it."""
    raw = entry.raw
    match how.by:
        case Mending.TRIM:
            return _trimmed(raw)
        case Mending.FACTOR:
            return _multiplied(entry, Decimal(how.choice))
        case Mending.DECIMAL_SIGN:
            return _with_mark(raw, how.choice)
        case Mending.DATE_FORM:
            return _day_first(raw, DateForm(how.choice))
        case _:
            return _with_zero(raw) if name == CITIZEN_CPR else None


def _term(name: str, choice: str, standard: Standard) -> str:
    """A code as it is written in a table: its Danish term where that is read as the code, else as it is chosen."""
    variable = standard.variable.get(name)
    concepts = standard.concepts(variable) if variable is not None else {}
    reading = vocabulary_of(standard).reading(name)
    terms = [concepts[choice].term] if choice in concepts else []
    if name == VISIT_TYPE and choice in standard.visit_type_by_code:
        known = standard.visit_type_by_code[choice]
        terms = [known.label.da, known.id]
    return next((term for term in terms if reading(term) == choice), choice)


def _trimmed(raw: str) -> str | None:
    """The text without what can't be seen and what is no part of a value around it."""
    told = " ".join(plain(raw).split()).strip(_AROUND).strip()
    return told or None


def written(number: Decimal) -> str:
    """A number as Danes write it, and as it is read in one way only."""
    told = format(number, "f")
    whole, mark, decimals = told.partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == _TWO_READINGS and len(whole.lstrip("-")) <= _TWO_READINGS and whole.lstrip("-") != "0":
        decimals += "0"
    return f"{whole},{decimals}" if mark and decimals else whole


def _multiplied(entry: Entry[object], factor: Decimal) -> str | None:
    read = amount(entry.raw)
    number = entry.value if isinstance(entry.value, Decimal) else read.number if read is not None else None
    if number is None:
        return None
    unit = unit_text(entry.raw)
    told = written(number * factor)
    return f"{told} {unit}" if unit else told


def _with_mark(raw: str, of: str) -> str | None:
    """A number whose last mark is of thousands or of decimals, written so that it can be read in one way only."""
    body = number_body(raw)
    if body is None or of not in (THOUSANDS, DECIMALS):
        return None
    sign, digits = ("-", body[1:]) if body.startswith("-") else ("", body.lstrip("+"))
    at = max(digits.rfind("."), digits.rfind(","))
    if at < 0:
        return None
    whole = "".join(character for character in digits[:at] if character.isdigit())
    rest = digits[at + 1 :]
    number = Decimal(f"{sign}{whole}{rest}" if of == THOUSANDS else f"{sign}{whole}.{rest}")
    unit = unit_text(raw)
    return f"{written(number)} {unit}" if unit else written(number)


def _day_first(raw: str, form: DateForm) -> str | None:
    """The date that a text means in a form, day first, with the time that follows it."""
    day = days_by_form(raw, datetime.now(UTC).year + 1).get(form)
    return None if day is None else f"{day:%d-%m-%Y}{raw.strip()[len(date_part(raw)) :]}"


def _with_zero(raw: str) -> str | None:
    """A CPR number with its first zero; None where it has all its digits, or does not begin with a date then."""
    digits = cpr_digits(raw)
    if digits is None or len(digits) != _CPR_DIGITS - 1 or birth_date(f"0{digits}") is None:
        return None
    return f"0{raw.strip()}"


def _in_unit(family: Family, where: Where, unit: str) -> Edit | None:
    """The same number in another unit: in its own place, or in the cell of the number where it stands there."""
    visit = _visit(family, where.visit)
    observation = _observation(visit, where.record) if visit is not None else None
    if observation is None:
        return None
    if unit_text(observation.value.raw) and not observation.unit.raw:
        variable = observation.variable.value or ""
        return Edit(where._replace(field=variable, variable=variable), f"{number_body(observation.value.raw)} {unit}")
    return Edit(where._replace(field=OBSERVATION_UNIT), unit)


def _with_other_subject(family: Family, where: Where, choice: str) -> Edit | None:
    """What is about another citizen: a child or a parent where there is one only, else one by key."""
    visit = _visit(family, where.visit)
    record = next((one for one in visit.records if one.key == where.record), None) if visit is not None else None
    if visit is None or (where.record and record is None):
        return None
    citizen = _only(family, visit, choice)
    kind = OBSERVATION_SUBJECT if isinstance(record, Observation) else VISIT_SUBJECT if record is None else where.field
    return Edit(where._replace(field=kind), citizen) if citizen and kind.endswith(".subject") else None


def _only(family: Family, visit: Visit, choice: str) -> str:
    """The key of whom a choice means; empty where that is in doubt."""
    if choice not in (CHILD, PARENT):
        return choice if any(one.key == choice for one in family.citizens) else ""
    fitting = [one.key for one in family.citizens if one.is_child == (choice == CHILD)]
    if visit.subject.value in fitting:
        return visit.subject.value or ""
    return fitting[0] if len(fitting) == 1 else ""


def _with_subject(family: Family, edit: Edit, standard: Standard) -> Edit | None:
    """An edit of an observation that is not there yet, about whom it has to be; None where that is in doubt."""
    variable, visit = standard.variable.get(edit.where.variable), _visit(family, edit.where.visit)
    if variable is None or variable.record != "observation" or visit is None:
        return None
    if edit.where.subject:
        return edit
    about = PARENT if variable.subject == "parent" else CHILD
    subject = _only(family, visit, about) if variable.subject != "either" else visit.subject.value or ""
    return Edit(edit.where._replace(subject=subject), edit.raw) if subject else None
