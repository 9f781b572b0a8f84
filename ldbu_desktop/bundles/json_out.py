"""JSON as it is sent: numbers exactly as they are meant, text as it is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import msgspec

from ldbu_desktop.json_text import Written

_INDENT = 2


def number(value: Decimal, decimals: int | None = None) -> int | Written:
    """A number as JSON has it, without exponent. Zeros beyond ``decimals`` say nothing and are left out."""
    text = f"{value:f}"
    whole, point, fraction = text.partition(".")
    if not point:
        return int(text)
    if decimals is not None:
        fraction = fraction[:decimals] + fraction[decimals:].rstrip("0")
    return Written(f"{whole}.{fraction}") if fraction else int(whole)


def _written(value: Any) -> msgspec.Raw:
    if isinstance(value, Written):
        return msgspec.Raw(value.text.encode())
    raise TypeError(type(value))


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_written)


def json_text(value: Any, *, is_pretty: bool = False) -> bytes:
    """``value`` as JSON in UTF-8, in one line or two spaces for each level, without line end.

    Numbers stand as they are written, whatever their exponent.
    """
    compact = _ENCODER.encode(value)
    return pretty(compact) if is_pretty else compact


def pretty(text: bytes) -> bytes:
    """JSON in one line with two spaces for each level."""
    return msgspec.json.format(text, indent=_INDENT)
