"""Whether a unit is written as UCUM has it: its grammar and its units, not its arithmetic."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import msgspec

from ldbu_desktop.bundled_files import resource

_TOKEN: Final = re.compile(
    r"(?P<mark>[/.()])|(?P<annotation>\{[\x01-\x7f]*?\})|(?P<number>[+-][0-9]+|[0-9]+(?![0-9A-Za-z\[\]%*^'\"_]))"
    r"|(?P<symbol>(?:[0-9]*[A-Za-z%*^'\"_]|[0-9]*\[[^\[\]]*\])(?:[A-Za-z%*^'\"_]|\[[^\[\]]*\])*)"
)
_MOST = 200


class _Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prefixes: tuple[str, ...]
    metric: frozenset[str]
    other: frozenset[str]


@cache
def _units() -> _Units:
    return msgspec.json.decode(resource("standard", "profiles", "ucum.json").read_bytes(), type=_Units)


def is_unit(code: str) -> bool:
    """Whether ``code`` is a UCUM expression of known units."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(code) and len(tokens) < _MOST:
        matched = _TOKEN.match(code, at)
        if matched is None:
            return False
        tokens.append((matched.lastgroup or "", matched[0]))
        at = matched.end()
    tokens.append(("end", ""))
    try:
        rest = _term(tokens, 0, is_first=True)
    except (_NotUcum, IndexError):
        return False
    return at == len(code) and tokens[rest][0] == "end"


class _NotUcum(Exception):
    pass


def _term(tokens: list[tuple[str, str]], at: int, *, is_first: bool) -> int:
    kind, text = tokens[at]
    if is_first and kind == "end":
        return at
    if text == "/":
        return _term(tokens, at + 1, is_first=False)
    at = at + 1 if kind == "annotation" else _component(tokens, at)
    kind, text = tokens[at]
    if kind == "end" or text == ")":
        return at
    if text in {"/", "."} and kind == "mark":
        return _term(tokens, at + 1, is_first=False)
    if kind == "annotation":
        return _term(tokens, at, is_first=False)
    raise _NotUcum


def _component(tokens: list[tuple[str, str]], at: int) -> int:
    kind, text = tokens[at]
    if kind == "number":
        return at + 1
    if kind == "symbol" and _is_known(text):
        return at + 2 if tokens[at + 1][0] == "number" else at + 1
    if text == "(":
        at = _term(tokens, at + 1, is_first=True)
        if tokens[at][1] == ")":
            return at + 1
    raise _NotUcum


def _is_known(symbol: str) -> bool:
    units = _units()
    if symbol in units.metric or symbol in units.other:
        return True
    return any(symbol.startswith(prefix) and symbol[len(prefix) :] in units.metric for prefix in units.prefixes)
