"""Which fault is planted by spoiling a file or a report in which way: data, beside all else that is true of codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from ldbu_desktop.bundled_files import resource


class Spoiling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a code is planted: by what is called ``spoil``, or by leaving out the element at the way ``without``.

    ``ending`` is that of the file that is written; ``also`` are the codes that cannot but come with it.
    """

    code: str
    spoil: str = ""
    without: tuple[str, ...] = ()
    ending: str = ""
    also: tuple[str, ...] = ()


class Spoilings(NamedTuple):
    """By code: files of tables, files of reports, and changes within a report."""

    tables: Mapping[str, Spoiling]
    reports: Mapping[str, Spoiling]
    changes: Mapping[str, Spoiling]


@cache
def spoilings() -> Spoilings:
    """Those that ship."""
    told = msgspec.json.decode(
        resource("synthetic", "spoilings.json").read_bytes(), type=dict[str, tuple[Spoiling, ...]]
    )
    return Spoilings(**{name: {one.code: one for one in listed} for name, listed in told.items()})
