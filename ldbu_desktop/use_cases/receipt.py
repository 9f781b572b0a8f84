"""A receipt read again: what it tells, as a page, and whether the files that it vouches for are what they were."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ldbu_desktop.bundles.receipt_file import RECEIPT, is_receipt
from ldbu_desktop.faults import FileFault
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.receipt_page import Words, receipt_page, receipt_title
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.explain import titles
from ldbu_desktop.use_cases.meanings import codes, meanings
from ldbu_desktop.work import Cancellation

_MOST_BYTES = 64 * 1024 * 1024
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt to read: ``html`` is rich text, ``changed`` names the files that are gone or others by now."""

    path: Path
    title: str
    html: str
    changed: tuple[str, ...]


def read_receipt(path: Path, standard: Standard, cancellation: Cancellation | None = None) -> ReceiptPage:
    """The receipt at ``path``, or in a folder of that path, as a page in the language in use.

    Raises :class:`~ldbu_desktop.faults.FileFault` for what is no receipt or can't be read.
    """
    if path.is_dir():
        path = path / RECEIPT
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise FileFault("file-not-receipt", file=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise FileFault("file-not-readable", file=path.name) from error
    if not is_receipt(RECEIPT, data):
        raise FileFault("file-not-receipt", file=path.name)
    receipt: dict[str, Any] = json.loads(data)
    called = {code: title for code, (_severity, title) in titles(chosen()).items()}
    called |= {code: meanings(code, chosen(), standard)[0].message for code in codes() if code not in called}
    words = Words(called, {one.id: one.label[chosen()] for one in standard.variables})
    try:
        changed = tuple(_changed(receipt, path.parent, cancellation or Cancellation()))
        return ReceiptPage(path, receipt_title(receipt), receipt_page(receipt, words, changed), changed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FileFault("file-not-receipt", file=path.name) from error


def _changed(receipt: Mapping[str, Any], folder: Path, cancellation: Cancellation) -> Iterator[str]:
    """The files beside the receipt that are not what it says. A name that leads out of the folder is none of them."""
    for told in receipt["files"]:
        cancellation.check()
        name = str(told["name"])
        if Path(name).name != name or _fingerprint(folder / name) != told["sha256"]:
            yield name


def _fingerprint(path: Path) -> str:
    made = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                made.update(piece)
    except OSError:
        return ""
    return made.hexdigest()
