"""Our own facts and texts about burden: who fills which instrument, what is known already, what things are called.

Read strictly from ``resources/burden``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.assumptions import AssumptionGroup, Basis
from ldbu_desktop.burden.model import Activity, Need, Payer, Saving
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.json_text import NOT_READABLE


class Instruments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The questionnaires that somebody of the family (or a teacher) answers, by id; the nurse fills the others."""

    family: tuple[str, ...]
    source: Text


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the parts of an estimate are called, what it leaves out, and how far it can be trusted."""

    kinds: dict[Activity, Text]
    needs: dict[Need, Text]
    payers: dict[Payer, Text]
    savings: dict[Saving, Text]
    not_counted: dict[str, Text]
    names: dict[str, Text]
    groups: dict[AssumptionGroup, Text]
    bases: dict[Basis, Text]
    words: dict[str, Text]
    accuracy: Text


class BurdenFacts(msgspec.Struct, frozen=True):
    """All of it. ``known`` are ids of variables that the journal or the CPR number already gives."""

    instruments: Instruments
    known_facts: frozenset[str]
    texts: Texts


def read_facts(folder: Path) -> BurdenFacts:
    """The facts of a folder; raises :class:`CatalogueFault` that names the file for anything but them."""
    parts = {}
    for field in msgspec.structs.fields(BurdenFacts):
        path = folder / f"{field.name}.json"
        try:
            parts[field.name] = msgspec.json.decode(path.read_bytes(), type=field.type)
        except (OSError, *NOT_READABLE) as error:
            raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
    return BurdenFacts(**parts)


@cache
def shipped_facts() -> BurdenFacts:
    """The facts that ship with the program, read once."""
    return read_facts(resource("burden"))
