"""The two shapes of table that a journal export has, as facts: sheets, columns, what they are called and hold."""

from __future__ import annotations

from functools import cache, cached_property

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.model import Fact


class Column(Fact, frozen=True):
    """A column by its field. ``variable`` is the catalogue's variable that it holds, if it holds one.

    ``options`` are the answers that a template offers where they are our own. ``list_of`` names another of its lists,
    or is ``answers`` where it depends on what stands in the column ``list_by``. A column that ``repeats`` holds several
    values with semicolons between them.
    """

    field: str
    header: str
    also: tuple[str, ...] = ()
    variable: str = ""
    required: bool = False
    repeats: bool = False
    width: int = 16
    options: tuple[str, ...] = ()
    list_of: str = ""
    list_by: str = ""
    text: Text | None = None


class Sheet(Fact, frozen=True):
    """A kind of table: what it is called and which columns it has."""

    id: str
    name: str
    also: tuple[str, ...]
    text: Text
    columns: tuple[Column, ...]

    @cached_property
    def variables(self) -> dict[str, str]:
        """The variable that each column holds, by field; columns that hold none are left out."""
        return {column.field: column.variable for column in self.columns if column.variable}

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of all columns."""
        return frozenset(column.field for column in self.columns)


class WideWords(Fact, frozen=True):
    """The words that headers of the wide shape are made of: ``Forælder 1``, and what follows a variable's name.

    The first of each is what a template writes. ``parents`` is how many parents a row has room for.
    """

    parents: int
    parent: tuple[str, ...]
    parts: dict[str, tuple[str, ...]]


@cache
def wide_sheet() -> Sheet:
    """The columns of the wide shape that are the same for every standard."""
    return msgspec.json.decode(resource("mapping", "wide.json").read_bytes(), type=Sheet)


@cache
def wide_words() -> WideWords:
    """The words of the wide shape's other headers."""
    return msgspec.json.decode(resource("mapping", "wide_words.json").read_bytes(), type=WideWords)


@cache
def findings_variable() -> str:
    """The variable that has a sheet of its own in the long shape, and a column with several values in the wide one."""
    return wide_sheet().variables["findings"]


@cache
def long_sheets() -> tuple[Sheet, ...]:
    """The sheets of the long shape, in the order in which they are read."""
    return msgspec.json.decode(resource("mapping", "long.json").read_bytes(), type=tuple[Sheet, ...])
