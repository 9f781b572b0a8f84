"""Which parts of a journal stand in columns that were not read: what is missing for want of one is told with it.

A column whose header is not known is held against the fields that its table has no column for: by what stands in it,
where that can tell, and where it can't, by being the only one that is left. Nothing is read by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import OBSERVATION_SUBJECT, OBSERVATION_UNIT, PARENT_CHILD, RESPONSE_SUBJECT
from ldbu_desktop.journal.model import NO_COLUMN, Note
from ldbu_desktop.journal.readings import CellReader
from ldbu_desktop.mapping.columns import Shape, ShapedTable, header_key
from ldbu_desktop.mapping.number_forms import ValueLimits
from ldbu_desktop.mapping.quantities import ValueEntries
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.nearest import nearest

PARTS = "parts"
"""The fact of a note on a header that names the parts, with spaces between them."""

_ROLE = "citizens.role"
_VARIABLE = "observations.variable"
_ANY_TEXT = frozenset(
    (
        *("citizens.key", "visits.key", "observations.value"),
        *(f"{sheet}.visit" for sheet in ("observations", "findings", "interventions", "answers")),
    )
)
"""Parts that may be any text, and whose want makes others be missing."""

_ANY_KEY = frozenset((PARENT_CHILD, OBSERVATION_SUBJECT, RESPONSE_SUBJECT))
"""Parts that refer to somebody and may be left out; a column is taken for one where nothing else is left."""


def with_parts(notes: Sequence[Note], table: ShapedTable, vocabulary: Vocabulary) -> Iterator[Note]:
    """The notes of a table; those on headers that are unknown or missing name the parts that stand below them."""
    parts = _parts_of_unread(table, vocabulary) if table.unread else {}
    required = {text: table.shape.parts[name] for name, text in table.shape.required.items()}
    for note in notes:
        found: tuple[str, ...] = ()
        if note.origin.row == table.key.header_row:
            absent = required.get(str(note.facts.get("header")))
            found = (absent,) if absent is not None else parts.get(note.column, ())
        yield note._replace(facts={**note.facts, PARTS: " ".join(found)}) if found else note


def parts_of_sheet(sheet: str, absent: Sequence[Shape]) -> tuple[str, ...]:
    """The parts that a sheet of unknown headers may hold: those of the table that it is named after, if that is absent.

    A sheet by any other name is taken for all tables that are absent and that no export can do without.
    """
    named = [shape for shape in absent if header_key(sheet) in shape.names]
    taken = named or [shape for shape in absent if shape.id in _IN_EVERY_EXPORT]
    return tuple(dict.fromkeys(part for shape in taken for part in shape.parts.values()))


_IN_EVERY_EXPORT = frozenset(("citizens", "visits", "observations"))


def _parts_of_unread(table: ShapedTable, vocabulary: Vocabulary) -> Mapping[int, tuple[str, ...]]:
    """The parts that each column which was not read may hold."""
    missing = dict.fromkeys(part for name, part in table.shape.parts.items() if name not in table.at)
    accepting = {part: accepts for part in missing if (accepts := _accepting(vocabulary, part)) is not None}
    found: dict[int, tuple[str, ...]] = {}
    for column, texts in table.unread.items():
        able = {part: part for part, accepts in accepting.items() if _most(accepts, texts)}
        named = nearest(table.headers[column], {name: part for part in able for name in _names(vocabulary, part)})
        if named is not None:
            able = {part: part for part in able if named in _names(vocabulary, part)}
        if able:
            found[column] = tuple(able)
    left = [column for column, texts in table.unread.items() if texts and column not in found]
    unknown = [part for part in missing if part in _ANY_TEXT or (part not in accepting and _is_required(table, part))]
    unknown = unknown or [part for part in missing if part in _ANY_KEY]
    if len(left) == 1 and len(unknown) == 1:
        found[left[0]] = tuple(unknown)
    return found


def _is_required(table: ShapedTable, part: str) -> bool:
    return any(table.shape.parts[name] == part for name in table.shape.required)


def _most(accepts: Callable[[str], object], texts: Sequence[str]) -> bool:
    """Whether more than half of ``texts`` can be read so."""
    return 2 * sum(accepts(text) is not None for text in texts) > len(texts)


def _names(vocabulary: Vocabulary, part: str) -> tuple[str, ...]:
    variable = vocabulary.standard.variable.get(part)
    return vocabulary.names(variable) if variable is not None else ()


def _accepting(vocabulary: Vocabulary, part: str) -> Callable[[str], object] | None:
    """What reads the texts of a part, and gives None for those that can't be it; None where any text can."""
    if part == _ROLE:
        return lambda text: vocabulary.is_role(text) or None
    if part == _VARIABLE:
        return vocabulary.variable
    if part == OBSERVATION_UNIT:
        return partial(_any_unit, vocabulary)
    of_record, _, of_variable = part.partition(":")
    if of_variable:
        return partial(vocabulary.unit, of_variable)
    variable = vocabulary.standard.variable.get(of_record)
    if variable is None or vocabulary.reading(variable.id) is readings.text:
        return None
    if variable.kind == "quantity":
        values = ValueEntries(vocabulary, variable.id, NO_COLUMN)
        return partial(_number_within, [values.limits(unit.code) for unit in variable.units])
    if variable.kind == "identifier":
        return partial(_identifier, vocabulary.reading(variable.id))
    return vocabulary.reading(variable.id)


def _identifier(read: CellReader, text: str) -> object:
    """An identifier of figures, as those of people, organisations and schools are."""
    return read(text) if text.strip().replace("-", "").isdecimal() else None


def _any_unit(vocabulary: Vocabulary, text: str) -> str | None:
    """A unit that some variable may be given in."""
    units = (vocabulary.unit(variable.id, text) for variable in vocabulary.standard.observed if variable.units)
    return next(filter(None, units), None)


def _number_within(limits: Sequence[ValueLimits | None], text: str) -> Decimal | None:
    """A number that a value may be in one of its units."""
    number = readings.number(text)
    if number is None or not any(one is None or one.low <= number <= one.high for one in limits):
        return None
    return number
