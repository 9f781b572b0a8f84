"""Reads map files strictly: what does not fit is a fault that names file and line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.reading import Reader
from ldbu_desktop.forms.yaml_tree import Listing, Mapping, YamlNode, yaml_tree
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.maps.model import VERSION, Decision, Map, MapColumn, MapTable, MapValue
from ldbu_desktop.mapping.maps.persons import identifies, may_be_personal
from ldbu_desktop.mapping.maps.writing import day

MAP_BYTES = 4 * 1024 * 1024


def read_map(path: Path) -> Map:
    """The map that a file holds. Raises :class:`FileFault` for the first thing that does not fit."""
    made, faults = map_in(_contents(path), path.name)
    if made is None or faults:
        raise faults[0]
    return made


def map_in(data: bytes, file: str) -> tuple[Map | None, tuple[FileFault, ...]]:
    """The map in the text of a file, and all that does not fit in it, by line."""
    if len(data) > MAP_BYTES:
        return None, (FileFault("map-too-large", file=file, limit=MAP_BYTES // 1024),)
    try:
        top = yaml_tree(data, file)
    except FileFault as fault:
        return None, (fault,)
    if "ldbumap" not in top.entries:
        return None, (FileFault("map-not-a-map", file=file),)
    reader = Reader(file)
    made = reader.part(top, Map)
    if made is None:
        return None, tuple(reader.faults)
    return made, tuple(_Faults(made, top, file).all())


def _contents(path: Path) -> bytes:
    if not path.is_file():
        raise FileFault("file-not-found", file=path.name)
    try:
        with path.open("rb") as file:
            return file.read(MAP_BYTES + 1)
    except OSError as error:
        raise FileFault("file-not-readable", file=path.name) from error


class _Faults:
    """What is wrong in a map that has the right form."""

    def __init__(self, made: Map, top: Mapping, file: str) -> None:
        self._map, self._top, self._file = made, top, file

    def all(self) -> Iterator[FileFault]:
        """All of it, from the top."""
        if self._map.ldbumap != VERSION:
            yield self._fault("map-version-unknown", self._top, version=self._map.ldbumap, known=VERSION)
        yield from self._days(self._map, self._top)
        for table, node in zip(self._map.tables, _items(self._top, "tables"), strict=True):
            yield from self._table(table, node)

    def _table(self, table: MapTable, node: YamlNode) -> Iterator[FileFault]:
        seen: set[tuple[str, int]] = set()
        for constant, of_constant in zip(table.constants, _items(node, "constants"), strict=True):
            yield from self._days(constant, of_constant)
        for column, of_column in zip(table.columns, _items(node, "columns"), strict=True):
            key = header_key(column.header), column.ordinal
            if key in seen:
                yield self._fault("map-header-twice", of_column, header=column.header)
            seen.add(key)
            yield from self._column(column, of_column)
        known = {header for header, _ in seen}
        if len(known) > 1 and "" in known:
            yield self._fault("map-header-missing", node)
        for header in table.keys:
            if header_key(header) not in known:
                yield self._fault("map-key-unknown", node, header=header)

    def _column(self, column: MapColumn, node: YamlNode) -> Iterator[FileFault]:
        if identifies(column.header):
            yield self._fault("map-personal", node)
        if column.state is Decision.APPROVED and not column.variable:
            yield self._fault("map-nothing-approved", node, header=column.header)
        if not all(map(_is_bound, (column.low, column.high))):
            yield self._fault("map-bound-unreadable", node, header=column.header)
        yield from self._decided(column, node)
        seen: set[tuple[str, str]] = set()
        for value, of_value in zip(column.values, _items(node, "values"), strict=True):
            key = value.variable, folded(value.value)
            if key in seen:
                yield self._fault("map-value-twice", of_value, value="" if _is_personal(value) else value.value)
            seen.add(key)
            yield from self._value(value, of_value)

    def _value(self, value: MapValue, node: YamlNode) -> Iterator[FileFault]:
        if _is_personal(value):
            yield self._fault("map-personal", node)
        elif value.state is Decision.APPROVED and bool(value.code) == bool(value.missing):
            yield self._fault("map-value-without-meaning", node, value=value.value)
        yield from self._decided(value, node)

    def _decided(self, part: MapColumn | MapValue, node: YamlNode) -> Iterator[FileFault]:
        yield from self._days(part, node)
        if part.state in (Decision.APPROVED, Decision.LEFT_OUT) and not (part.by or self._map.by):
            yield self._fault("map-decided-by-nobody", node)

    def _days(self, part: Map | MapColumn | MapValue | object, node: YamlNode) -> Iterator[FileFault]:
        for name in ("made", "when"):
            written = getattr(part, name, "")
            if written and day(written) is None:
                yield self._fault("map-day-unreadable", node, name=name)
        if identifies(getattr(part, "by", "")):
            yield self._fault("map-personal", node)

    def _fault(self, key: str, node: YamlNode, **facts: object) -> FileFault:
        return FileFault(key, file=self._file, line=node.line, **facts)


def _is_bound(written: str) -> bool:
    """Whether a bound of a column's numbers is one, or is not told."""
    try:
        return not written or Decimal(written).is_finite()
    except InvalidOperation:
        return False


def _is_personal(value: MapValue) -> bool:
    if value.value == value.code:
        return False
    is_meant = value.state is Decision.APPROVED and (value.code or value.missing)
    return identifies(value.value) or (not is_meant and may_be_personal(value.value))


def _items(node: YamlNode, name: str) -> list[YamlNode]:
    found = node.entries.get(name) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Listing) else []
