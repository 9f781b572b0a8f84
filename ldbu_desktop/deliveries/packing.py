"""Resources kept small: compressed against what most of them say, so that the little that is their own is left."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, Final

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.deliveries.content import in_one_form

_QUICKLY: Final = 1
_RAW: Final = -zlib.MAX_WBITS


@cache
def _familiar() -> bytes:
    """What most resources say. What is often said comes last: it is found nearest.

    Other words there would pack otherwise, never tell otherwise.
    """
    return resource("deliveries", "familiar.txt").read_bytes()


def packed(told: Any) -> bytes:
    """A resource in few bytes; the same of two that say the same."""
    packing = zlib.compressobj(_QUICKLY, zlib.DEFLATED, _RAW, zdict=_familiar())
    return packing.compress(in_one_form(told)) + packing.flush()


def text_of(packed_resource: bytes) -> bytes:
    """A packed resource as JSON, its names in order."""
    return zlib.decompressobj(_RAW, zdict=_familiar()).decompress(packed_resource)


def unpacked(packed_resource: bytes) -> dict[str, Any]:
    """What a packed resource says."""
    told: dict[str, Any] = msgspec.json.decode(text_of(packed_resource))
    return told
