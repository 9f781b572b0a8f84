"""A map that goes along with the tables that are read by it: with the texts that stand in them now, and of nobody."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from ldbu_desktop.mapping.maps.model import Decision, Map, MapColumn, MapConstant, MapTable, MapValue
from ldbu_desktop.pseudonyms.cells import Holds, written_register, written_value
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.layouts import of_variable
from ldbu_desktop.pseudonyms.people import People
from ldbu_desktop.pseudonyms.stand_ins import StandIns
from ldbu_desktop.standard.model import Standard

_SYSTEM: Final = "Journal"
"""What a system is called of which the name may be somebody's."""
_SENDER: Final = "afsender"
"""Who decided, whoever did."""


class MapWriter:
    """Writes maps as they fit what was written: nobody is said to have decided anything in them."""

    def __init__(self, standard: Standard, words: KnownWords, people: People, stand_ins: StandIns) -> None:
        self._standard, self._words, self._people, self._stand_ins = standard, words, people, stand_ins

    def written(self, made: Map) -> Map:
        """A map; what is left out is named as it is written now, if it stands there at all."""
        system = made.system if self._words.is_nobodys(made.system) else _SYSTEM
        version = "" if self._words.may_name(made.version) else made.version
        return structs.replace(
            made, system=system, version=version, by=_by(made.by), tables=tuple(map(self._table, made.tables))
        )

    def _table(self, table: MapTable) -> MapTable:
        return structs.replace(
            table,
            sheet=table.sheet if self._words.is_nobodys(table.sheet) else "",
            constants=tuple(map(self._constant, table.constants)),
            columns=tuple(self._column(column) for column in table.columns if self._stays(column)),
        )

    def _constant(self, constant: MapConstant) -> MapConstant:
        is_register = of_variable(constant.variable, self._standard) is Holds.NUMBER_OF_REGISTER
        if is_register:
            value = written_register(constant.value, self._people)
        else:
            value = written_value(constant.value, self._words, self._people)
        return structs.replace(constant, value=value, by=_by(constant.by))

    def _stays(self, column: MapColumn) -> bool:
        is_read = column.state in (Decision.APPROVED, Decision.KEY)
        return is_read or self._words.is_nobodys(column.header)

    def _column(self, column: MapColumn) -> MapColumn:
        values = {each.value: each for value in column.values for each in (self._value(value, column),)}
        return structs.replace(column, by=_by(column.by), values=tuple(values.values()))

    def _value(self, value: MapValue, column: MapColumn) -> MapValue:
        is_decided = value.state is Decision.APPROVED and (value.code or self._words.is_of_words(value.value))
        return structs.replace(
            value,
            value=value.value if is_decided else written_value(value.value, self._words, self._people),
            text=self._text_of_list(value.variable or column.variable, value.text),
            by=_by(value.by),
        )

    def _text_of_list(self, variable: str, text: str) -> str:
        """What a list of codes says now."""
        return text if not text or self._words.is_nobodys(text) else self._stand_ins.of(variable, text)


def _by(text: str) -> str:
    return _SENDER if text else ""
