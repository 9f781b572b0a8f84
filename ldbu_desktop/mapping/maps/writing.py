"""A proposal with the decisions in it as a map, and a map as the text that people edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from msgspec import structs

from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.links import (
    OWN_SHAPES,
    READ_BY,
    Approval,
    ColumnLink,
    Part,
    Profile,
    Proposal,
    State,
    TableLink,
    TableShape,
    ValueLink,
)
from ldbu_desktop.mapping.maps.exchanged import ENOUGH
from ldbu_desktop.mapping.maps.facts import facts
from ldbu_desktop.mapping.maps.model import (
    VERSION,
    Decision,
    Map,
    MapColumn,
    MapConstant,
    MapPart,
    MapTable,
    MapValue,
)
from ldbu_desktop.mapping.maps.persons import identifies, may_be_personal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.whole_files import write_whole

ENDING = ".ldbumap"
SCHEMA_LINE = "# yaml-language-server: $schema=map_schema.json\n"
_WIDTH = 10_000


def map_of(proposal: Proposal, system: str, version: str, approval: Approval, standard: Standard, program: str) -> Map:
    """What was decided, as a map; what is known and sure counts as approved by who makes the map.

    Tables of our own shapes need no map. Texts that may name a person are left out of it. Without the name of a
    system it is called after the first sheet.
    """
    foreign = [table for table in proposal.tables if table.shape not in OWN_SHAPES]
    sheets = [table.sheet for table in foreign if not identifies(table.sheet)]
    return Map(
        VERSION,
        ("" if identifies(system) else system.strip()) or next(iter(sheets), "eksport"),
        version,
        approval.on.isoformat(),
        approval.by,
        approval.on.isoformat(),
        program,
        f"{standard.header.package} {standard.header.version}",
        tuple(_table(table, proposal, approval) for table in foreign),
    )


def _table(table: TableLink, proposal: Proposal, approval: Approval) -> MapTable:
    columns = proposal.columns_of(table)
    headers = {link.column: link.header for link in columns}
    is_bare = not any(map(header_key, headers.values()))
    seen: Counter[str] = Counter()
    made = []
    for link in sorted(columns, key=lambda each: each.column):
        key = header_key(link.header)
        seen[key] += 1
        if (key or is_bare) and not identifies(link.header):
            values = [each for each in proposal.values if each.place[:4] == link.place[:4]]
            made.append(_column(link, seen[key], values, approval))
    is_of_codes = table.shape is TableShape.CODES
    return MapTable(
        table.shape,
        "" if identifies(table.sheet) else table.sheet,
        () if is_of_codes else tuple(headers[column] for column in table.keys if headers.get(column)),
        tuple(
            MapConstant(constant.variable, constant.value, *_said(constant.approval, approval))
            for constant in table.constants
        ),
        tuple(made),
    )


def _column(link: ColumnLink, ordinal: int, values: list[ValueLink], approval: Approval) -> MapColumn:
    state = _decision(link)
    by, on = _said(link.approval, approval) if state in (Decision.APPROVED, Decision.LEFT_OUT) else ("", "")
    target, profile = link.target, link.profile
    column = MapColumn(link.header.strip(), state, ordinal=ordinal, by=by, when=on)
    if target is not None:
        column = structs.replace(
            column, variable=target.variable, part=target.part, subject=target.subject, visit=target.visit or "",
            unit=target.unit or "", order=target.order,
        )  # fmt: skip
    if state is Decision.APPROVED:
        against = {each.code for each in link.evidence} & facts().contradicting
        column = structs.replace(column, despite=tuple(sorted(against)))
    if profile is not None and state is not Decision.KEY:
        low, high = _roughly(profile)
        column = structs.replace(column, content=profile.kind, low=low, high=high)
    own = target.variable if target is not None else ""
    return structs.replace(column, values=tuple(_values(values, own, approval)))


def _values(values: list[ValueLink], variable: str, approval: Approval) -> Iterator[MapValue]:
    cells = sum(each.count for each in values)
    for link in _told_apart(values):
        state = _decision(link)
        is_meant = link.has_meaning and state is Decision.APPROVED
        is_code = link.value == link.code
        if not is_code and (identifies(link.value) or (not is_meant and may_be_personal(link.value))):
            continue
        by, on = _said(link.approval, approval) if state in (Decision.APPROVED, Decision.LEFT_OUT) else ("", "")
        other = link.variable if link.variable != variable else ""
        tenths = round(link.count * 10 / cells) if cells >= ENOUGH and state is Decision.APPROVED else None
        text = link.text_of_list
        text = "" if identifies(text) else text
        yield MapValue(link.value, state, link.code or "", link.missing or "", other, tenths, text, by, on)


def _told_apart(values: list[ValueLink]) -> Iterator[ValueLink]:
    """One link for all texts that are read as one, spelled as its first: case and spaces make no difference."""
    spelled: dict[tuple[str, str], list[ValueLink]] = {}
    for link in values:
        spelled.setdefault((link.variable, folded(link.value)), []).append(link)
    for alike in spelled.values():
        yield structs.replace(alike[0], value=alike[0].value.strip(), count=sum(each.count for each in alike))


def _decision(link: ColumnLink | ValueLink) -> Decision:
    if link.state in READ_BY:
        return Decision.APPROVED
    if link.state is State.LEFT_OUT:
        is_key = isinstance(link, ColumnLink) and link.target is not None and link.target.part is Part.KEY
        return Decision.KEY if is_key and link.approval is None else Decision.LEFT_OUT
    return Decision.PROPOSED if link.state is State.PROPOSED else Decision.UNMAPPED


def _said(own: Approval | None, otherwise: Approval) -> tuple[str, str]:
    """Who decided and when, where that is not as for the map as a whole."""
    if own is None or own == otherwise:
        return "", ""
    return own.by, own.on.isoformat()


def _roughly(profile: Profile) -> tuple[str, str]:
    """About within which numbers lie: to one digit, which tells nothing of anybody."""
    if profile.low is None or profile.high is None:
        return "", ""
    return _one_digit(profile.low, is_up=False), _one_digit(profile.high, is_up=True)


def _one_digit(number: Decimal, *, is_up: bool) -> str:
    if not number:
        return "0"
    unit = Decimal(1).scaleb(number.adjusted())
    rounding = ROUND_CEILING if is_up else ROUND_FLOOR
    return f"{(number / unit).to_integral_value(rounding) * unit:f}"


# --- as text ----------------------------------------------------------------------------------------------------------


def map_text(made: Map) -> str:
    """A map as the text of its file; reading it gives the same map."""
    text: str = yaml.dump(
        _told(made), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH
    )
    return SCHEMA_LINE + text


def write_map(path: Path, made: Map, *, is_private: bool = False) -> None:
    """Write a map whole or not at all. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
    write_whole(path, lambda aside: aside.write_text(map_text(made), encoding="utf-8"), is_private=is_private)


def _told(value: object) -> Any:
    """A part of a map as YAML has it, without what is as usual."""
    match value:
        case MapPart():
            usual = {each.name: each.default for each in structs.fields(value)}
            return {
                each.encode_name: _told(getattr(value, each.name))
                for each in structs.fields(value)
                if getattr(value, each.name) != usual[each.name] and getattr(value, each.name) != ()
            }
        case StrEnum():
            return str(value)
        case tuple():
            return [_told(each) for each in value]
    return value


def day(written: str) -> date | None:
    """A day as maps have it; None for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
