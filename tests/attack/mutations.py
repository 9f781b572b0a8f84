"""Bytes that were right, made wrong: as a disk, a mail system or somebody with bad intent does it."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

_ODD = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\x1b[2J", b"\xe2\x80\xae", b"\r", b"\x0c", b"\xc0\x80", b"\xed\xa0\x80",
    b'"', b"'", b"=1+1", b"- ", b": ", b"&a [*a]", b"!!python/object/apply:os.abort []", b"{", b"}", b"[", b"]",
    b"<", b"%", b"9" * 400, b"1e999999", b"-0", b"NaN", b"9999-12-31", b"0001-01-01", b"31-02-2020", b"0505209996",
    b"\xd9\xa1\xd9\xa2", b"\n" * 50,
)  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _cut_out(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(content))
    return content[:begin] + content[begin + chance.choice((1, 4, 100, 4096)) :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(content))
    part = content[begin : begin + chance.choice((1, 7, 100, 4096))]
    return content[:begin] + part * chance.choice((2, 3, 50)) + content[begin:]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(_ODD) * chance.choice((1, 1, 2, 40)) + content[at:]


def _replace(content: bytes, chance: random.Random) -> bytes:
    at, odd = chance.randrange(len(content)), chance.choice(_ODD)
    return content[:at] + odd + content[at + len(odd) :]


def _change_places(content: bytes, chance: random.Random) -> bytes:
    one, other = sorted(chance.randrange(len(content)) for _ in range(2))
    length = min(chance.choice((8, 100, 4096)), other - one)
    return (
        content[:one] + content[other : other + length] + content[one + length : other] + content[one : one + length]
        + content[other + length :]
    )  # fmt: skip


_MUTATIONS: Sequence[Mutation] = (_flip, _cut, _cut_out, _repeat, _insert, _replace, _change_places)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """``content`` with one thing or a few wrong in it."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if content:
            content = chance.choice(_MUTATIONS)(content, chance)
    return content


def mixed(one: bytes, other: bytes, chance: random.Random) -> bytes:
    """The beginning of one and the end of another."""
    return one[: chance.randrange(len(one) + 1)] + other[chance.randrange(len(other) + 1) :]


# --- within what is packed or parsed: bytes alone mostly make files that are none -------------------------------------


def mutated_within(content: bytes, chance: random.Random) -> bytes:
    """A zip file with one of its parts mutated, and whole as a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, data in parts.items() if data])
    parts[name] = mutated(parts[name], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return made.getvalue()


_VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 10**40, "", " ", "x" * 5000, "\x1b[2J\u202e", "\ud800"),
    *("9999-12-31", "0001-01-01T00:00:00Z", "urn:uuid:x", "Patient/"),
    *([], {}, [[]], [None], {"": None}, {"resourceType": "Bundle"}, {"extension": [{}]}),
)


def mutated_json(content: bytes, chance: random.Random) -> bytes:
    """A JSON text that says something else at one place or a few, and is JSON still."""
    document = json.loads(content)
    for _ in range(chance.choice((1, 1, 2, 5))):
        places = [*_places(document)]
        if places:
            _say_otherwise(*chance.choice(places), chance)
    return json.dumps(document).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: what holds it, and its key or number."""
    found: list[tuple[Any, Any]] = []
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            keys = [*one] if isinstance(one, dict) else [*range(len(one))]
            found += ((one, key) for key in keys)
            left += (one[key] for key in keys)
    return found


def _text(chance: random.Random) -> str:
    """Characters of any kind, also those that are none by themselves."""
    return "".join(chr(chance.randrange(chance.choice((0x80, 0x300, 0x3000, 0x110000)))) for _ in range(12))


def _say_otherwise(holder: Any, key: Any, chance: random.Random) -> None:
    match chance.randrange(5):
        case 0:
            holder[key] = deepcopy(chance.choice((*_VALUES, chance.getrandbits(64), chance.random(), _text(chance))))
        case 1:
            del holder[key]
        case 2:
            holder[key] = [json.loads(json.dumps(holder[key]))] * chance.choice((1, 2, 40))
        case 3 if isinstance(holder, dict):
            holder[f"{key}{chance.choice(('', 'x', ':', '.'))}{chance.randrange(3)}"] = holder.pop(key)
        case _:
            deep = holder[key]
            for _ in range(chance.choice((1, 3, 60))):
                deep = {"extension": [deep]}
            holder[key] = deep
