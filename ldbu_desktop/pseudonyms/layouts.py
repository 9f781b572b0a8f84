"""Where the tables of a sheet stand and what their columns hold: found as they are read, or as links say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ldbu_desktop.journal.fields import CITIZEN_CPR
from ldbu_desktop.mapping.blocks import Blocks
from ldbu_desktop.mapping.column_forms import ColumnForms
from ldbu_desktop.mapping.columns import ShapedTable, header_key
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.mapping.layout import long_sheets, wide_sheet
from ldbu_desktop.mapping.linked.persons import told_of_child
from ldbu_desktop.mapping.links import (
    READ_BY,
    ColumnLink,
    ContentKind,
    Part,
    Proposal,
    State,
    TableLink,
    TableShape,
    ValueLink,
)
from ldbu_desktop.mapping.tables_beside import apart
from ldbu_desktop.pseudonyms.cells import Column, Holds, Layout
from ldbu_desktop.pseudonyms.day_columns import DayColumn
from ldbu_desktop.pseudonyms.headers import HeaderStandIns
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.stand_ins import StandIns
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard

_KEY_KINDS: Final = {"subject": "citizens", "child": "citizens", "visit": "visits", "based_on": "interventions"}
"""What the keys of our own sheets name that are not their rows' own."""
_REGISTERS: Final = ("sor", "school")
_WHO: Final = ("name", "gender")
"""What is told of a child that is no day, and by which it is held whether two are told of."""
_DAYS: Final = frozenset((Part.START, Part.END, Part.DATE))
_LAST: Final = 1 << 20
_CONTENT_ALONE: Final = "content-alone"
_EXPLAINED: Final = "header-explained"
_FEW_WORDS: Final = 4


# --- our own shapes


def own_layouts(table: Table, reader: ExportReader) -> list[Layout]:
    """The tables of a sheet that are in one of our own shapes; its rows are read to their end."""
    found: list[Layout] = []
    for part in apart(table, reader.shapes):
        blocks = Blocks(
            part, reader.shapes, reader.vocabulary, lambda key: ColumnForms(reader.vocabulary, reader.today, {})
        )
        while (shaped := blocks.next()) is not None:
            for _ in shaped.rows:
                pass
            found.append(_own(shaped, reader))
    starts = sorted({one.span[0] for one in found})
    for one in found:
        one.span = (one.span[0], next((start - 1 for start in starts if start > one.span[0]), _LAST))
    return found


def _own(shaped: ShapedTable, reader: ExportReader) -> Layout:
    row = shaped.key.header_row
    layout = Layout((row, row), (shaped.key.first_column, _LAST))
    fields = {at: name for name, at in shaped.at.items()}
    for at, header in enumerate(shaped.headers):
        again = shaped.shape.fields.get(header_key(header))
        name = fields.get(at) or (again if again in shaped.at else None)
        if name is not None:
            layout.columns[at] = Column(*_of_field(shaped.shape.id, name, header, reader), has_header=True)
        elif at >= shaped.key.first_column:
            layout.columns[at] = Column(Holds.UNKNOWN, header)
    return layout


def _of_field(shape: str, name: str, header: str, reader: ExportReader) -> tuple[Holds, str, str]:
    sheets = {sheet.id: sheet for sheet in (*long_sheets(), wide_sheet())}
    wide = reader.wide.columns.get(name)
    if wide is not None:
        holds = {"cpr": Holds.NUMBER_OF_PERSON, "key": Holds.KEY, "start": Holds.DAY, "end": Holds.DAY}
        return holds.get(wide.part, Holds.VALUE), header, "citizens"
    if name == "key":
        return Holds.KEY, header, "visits" if shape == wide_sheet().id else shape
    if name in _KEY_KINDS:
        return Holds.KEY, header, _KEY_KINDS[name]
    variable = sheets[shape].variables.get(name, "")
    return of_variable(variable, reader.vocabulary.standard), header, ""


def of_variable(name: str, standard: Standard) -> Holds:
    """What a column holds that is read as a variable."""
    variable = standard.variable.get(name)
    if name == CITIZEN_CPR:
        return Holds.NUMBER_OF_PERSON
    if variable is not None and variable.system in _REGISTERS:
        return Holds.NUMBER_OF_REGISTER
    return Holds.DAY if variable is not None and variable.kind == "moment" else Holds.VALUE


# --- those of others


def linked_layouts(
    file: str,
    sheet: str,
    proposal: Proposal,
    standard: Standard,
    words: KnownWords,
    stand_ins: StandIns,
    headers: HeaderStandIns,
) -> list[Layout]:
    """The tables of a sheet by what they are taken for; what is only proposed is so where known words say it."""
    found = [(table, Layout(table.header_rows, table.columns)) for table in proposal.tables_of(file, sheet)]
    for table, layout in found:
        for link in _links_of(table, proposal):
            layout.columns[link.column] = _linked(
                link, proposal, standard, words, stand_ins, headers, is_code_list=table.shape is TableShape.CODES
            )
    return [layout for _, layout in found]


def _links_of(table: TableLink, proposal: Proposal) -> Iterator[ColumnLink]:
    for link in proposal.columns:
        is_of_it = link.table == table.place and table.columns[0] <= link.column <= table.columns[1]
        if is_of_it:
            yield link


def _linked(
    link: ColumnLink,
    proposal: Proposal,
    standard: Standard,
    words: KnownWords,
    stand_ins: StandIns,
    headers: HeaderStandIns,
    *,
    is_code_list: bool,
) -> Column:
    if is_code_list:
        explain = {value.text_of_list: value.variable for value in proposal.values if value.text_of_list}
        likes = {text: stand_ins.of(variable, text) for text, variable in explain.items() if not words.is_nobodys(text)}
        return Column(Holds.VALUE, link.header, has_header=link.approval is not None, likes=likes, is_of_codes=True)
    target = link.target
    values = [value for value in proposal.values if value.table == link.table and value.column == link.column]
    safe = frozenset(value.value for value in values if _is_safe(value, words))
    others = {value.value.strip(): value for value in values if value.value not in safe and value.approval is None}
    likes = {text: stand_ins.of(value.variable, text) for text, value in others.items()}
    if target is not None and target.part is Part.NAME:  # names of variables are read as headers are
        likes = {text: headers.of_name(text, other) for text, other in likes.items()}
    explained = frozenset(value.value for value in values if _is_explained(value, words))
    days = DayColumn(target.order if target is not None else None)
    kind = target.variable if target is not None else ""
    is_read = link.state in READ_BY and not words.may_name(link.header)
    is_decided = is_read or (link.approval is not None and link.state is not State.LEFT_OUT)
    return Column(_holds(link, standard, words, headers), link.header, kind, is_decided, days, safe, explained, likes)


def _is_safe(value: ValueLink, words: KnownWords) -> bool:
    """Whether a text may stay: it is read as a code, or is a few known words that are likely one."""
    if value.state in READ_BY:
        # Whatever is written where there is no value may be a remark on somebody.
        return value.code is not None or words.is_of_words(value.value)
    if value.state is not State.PROPOSED or len(value.value.split()) > _FEW_WORDS:
        return False
    return not words.may_name(value.value)


def _is_explained(value: ValueLink, words: KnownWords) -> bool:
    """Whether a text is a code that a list of codes explains by words that are nobody's."""
    return bool(value.text_of_list) and words.is_nobodys(value.text_of_list)


def _is_likely(link: ColumnLink, words: KnownWords) -> bool:
    """Whether a column that nobody said yes to is likely what is proposed: its header is known, or it has no number."""
    if link.state is not State.PROPOSED:
        return False
    if link.profile is not None and link.profile.kind is not ContentKind.NUMBER:
        return True
    if any(each.code == _CONTENT_ALONE for each in link.evidence):
        return False
    if not words.may_name(link.header):
        return True
    told = (str(each.facts["text"]) for each in link.evidence if each.code == _EXPLAINED)
    return any(map(words.has_known_word, (link.header, *told)))


def _may_have_days(link: ColumnLink, headers: HeaderStandIns) -> bool:
    """Whether a column has days, or is likely to, however few of them can be read."""
    if link.profile is not None and link.profile.kind is ContentKind.DATE:
        return True
    parts = (link.target.part,) if link.target is not None else headers.parts_named(link.header)
    return not _DAYS.isdisjoint(parts)


def _holds(link: ColumnLink, standard: Standard, words: KnownWords, headers: HeaderStandIns) -> Holds:
    target = link.target
    if told_of_child(link) in _WHO:
        return Holds.WHO
    if link.profile is not None and link.profile.kind is ContentKind.CPR:
        return Holds.NUMBER_OF_PERSON
    if target is not None and target.part is Part.KEY:
        return Holds.KEY
    if target is None or not (link.state in READ_BY or _is_likely(link, words)):
        return Holds.UNKNOWN_DAY if _may_have_days(link, headers) else Holds.UNKNOWN
    if target.part is Part.CPR:
        return Holds.NUMBER_OF_PERSON
    if target.part is Part.TIME:
        return Holds.CLOCK
    return Holds.DAY if target.part in _DAYS else of_variable(target.variable, standard)
