"""A comparison as it is kept in a file, with what it rests on: the same gives the same figures again."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.comparison import Comparison
from ldbu_desktop.burden.documents import BurdenDocument, documents
from ldbu_desktop.burden.model import Band
from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.flaws import flaws
from ldbu_desktop.forms.model import Form
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.whole_files import write_whole

_VERSION = 1


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A comparison as it is kept. ``figures`` are for those who read the file; they are worked out again."""

    version: int
    parents: int
    assumptions: dict[str, tuple[float, float, float]]
    forms: tuple[Form, ...]
    figures: list[BurdenDocument] = []


class KeptComparison(NamedTuple):
    """What a comparison was made of: the same gives the same figures again."""

    forms: tuple[Form, ...]
    assumptions: Assumptions
    parents: int


def save_comparison(path: Path, comparison: Comparison, standard: Standard, language: Language) -> None:
    """Write a comparison with its forms and assumptions as JSON, whole or not at all.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    first = comparison.forms[0].found
    changed = first.assumptions.changed
    kept = _Kept(
        version=_VERSION,
        parents=first.scene.parents,
        assumptions={key: (band.low, band.typical, band.high) for key, band in changed.items()},
        forms=tuple(each.found.form for each in comparison.forms),
        figures=documents(comparison, standard, language),
    )
    data = msgspec.json.format(msgspec.json.encode(kept), indent=1)
    write_whole(path, lambda temporary: temporary.write_bytes(data))


def load_comparison(path: Path, standard: Standard) -> KeptComparison:
    """What a kept comparison was made of.

    Raises :class:`FileFault` where it can't be read or is from a later version, and
    :class:`~ldbu_desktop.faults.CallFault` where an assumption in it is not one of ours.
    """
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, *NOT_READABLE) as error:
        raise FileFault("comparison-unreadable", file=path.name) from error
    if kept.version != _VERSION or not kept.forms or any(flaws(form, standard) for form in kept.forms):
        raise FileFault("comparison-unreadable", file=path.name)
    assumptions = Assumptions()
    for key, value in kept.assumptions.items():
        assumptions = assumptions.with_value(key, Band(*value))
    return KeptComparison(kept.forms, assumptions, kept.parents)
