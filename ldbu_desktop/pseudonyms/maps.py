"""A map that goes along with the tables that are read by it: with the texts that stand in them now."""

from __future__ import annotations

from msgspec import structs

from ldbu_desktop.mapping.maps.model import Decision, Map, MapColumn, MapValue
from ldbu_desktop.pseudonyms.cells import written_value
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.people import People


def map_anew(made: Map, words: KnownWords, people: People) -> Map:
    """A map as it fits what was written: what is left out is named as it is written now, if it stands there at all."""
    tables = (
        structs.replace(
            table,
            sheet=table.sheet if words.is_nobodys(table.sheet) else "",
            columns=tuple(_column(column, words, people) for column in table.columns if _stays(column, words)),
        )
        for table in made.tables
    )
    return structs.replace(made, tables=tuple(tables))


def _stays(column: MapColumn, words: KnownWords) -> bool:
    is_read = column.state in (Decision.APPROVED, Decision.KEY)
    return is_read or words.is_nobodys(column.header)


def _column(column: MapColumn, words: KnownWords, people: People) -> MapColumn:
    values = {each.value: each for value in column.values for each in (_value(value, words, people),)}
    return structs.replace(column, values=tuple(values.values()))


def _value(value: MapValue, words: KnownWords, people: People) -> MapValue:
    if value.state is Decision.APPROVED and (value.code or words.is_of_words(value.value)):
        return value
    return structs.replace(value, value=written_value(value.value, words, people))
