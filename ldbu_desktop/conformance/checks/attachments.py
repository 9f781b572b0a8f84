"""Attachments: the size and the hash that they state are those of the data that they carry."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Final

from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import is_base64, text_of

_SIZE: Final = re.compile(r"\d{1,19}", re.ASCII)
_NOT_OF_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")


def check_attachment(value: Mapping[str, Any], place: Place, run: Run) -> None:
    """An attachment as a whole; its data is told of by itself where it is no base64."""
    data, size, stated = value.get("data"), value.get("size"), value.get("hash")
    if not isinstance(data, str):
        if size is not None and not _SIZE.fullmatch(text_of(size)):
            run.problem(place, "TYPE_SPECIFIC_CHECKS_DT_ATT_SIZE_INVALID", "wrong-size", text_of(size))
        return
    if not is_base64(data) or (size is None and stated is None):
        return
    held = _decoded(data)
    if size is not None and text_of(size) != str(len(held)):
        run.problem(place, "TYPE_SPECIFIC_CHECKS_DT_ATT_SIZE_CORRECT", "wrong-size", text_of(size), len(held))
    if isinstance(stated, str):
        actual = b64encode(hashlib.sha1(held, usedforsecurity=False).digest()).decode()
        if stated != actual:
            run.problem(place, "TYPE_SPECIFIC_CHECKS_DT_ATT_HASH_MISMATCH", "wrong-hash", stated, actual)


def _decoded(text: str) -> bytes:
    """The bytes of a text that is mostly base64: up to the first ``=``, what is of another alphabet left out."""
    packed = _NOT_OF_BASE64.sub("", text.partition("=")[0].translate({ord("-"): "+", ord("_"): "/"}))
    whole = packed[: len(packed) - (len(packed) % 4 == 1)]
    return b64decode(whole + "=" * (-len(whole) % 4))
