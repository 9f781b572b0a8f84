"""The streams of a compound file (OLE2), in which the programs of the nineties keep their documents.

Sectors stand in chains: each chain is followed by a table of what comes after what. Whatever does not fit raises
:class:`ValueError` or :class:`struct.error`; a chain has no more sectors than the file.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Numbers from here on are no sectors: they end a chain, or say what a sector is."""
_IN_HEADER = 109
_ENTRY = 128


def stream_of(content: bytes, *names: str) -> bytes | None:
    """The first stream of a compound file that has one of ``names``; None where there is none."""
    if not content.startswith(MAGIC):
        return None
    sectors = _Sectors(content)
    directory = sectors.chain(sectors.first_of_directory)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    for entry in entries:
        length = int.from_bytes(entry[64:66], "little")
        if entry[:length].decode("utf-16-le", "replace").rstrip("\0") in names:
            first, size = struct.unpack_from("<II", entry, 116)
            if size >= sectors.shortest:
                return sectors.chain(first)[:size]
            return sectors.short_chain(first, int.from_bytes(entries[0][116:120], "little"))[:size]
    return None


class _Sectors:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, short_shift = struct.unpack_from("<HH", content, 30)
        if not (7 <= shift <= 16 and 4 <= short_shift <= shift):
            raise ValueError(shift)
        self._size, self._short = 1 << shift, 1 << short_shift
        self.first_of_directory, self.shortest, self._first_short = struct.unpack_from("<I4xII", content, 48)
        tables, more = (
            list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76)),
            struct.unpack_from("<I", content, 68)[0],
        )
        while more < _LAST and len(tables) * self._size <= len(content) + _IN_HEADER * self._size:
            *listed, more = self._numbers(self._sector(more))
            tables += listed
        self._next = [number for table in tables if table < _LAST for number in self._numbers(self._sector(table))]

    def chain(self, first: int) -> bytes:
        """What stands in the sectors from the first one on."""
        return b"".join(self._sector(number) for number in _followed(first, self._next))

    def short_chain(self, first: int, holder: int) -> bytes:
        """What stands in the short sectors from the first one on, which all lie in the chain of ``holder``."""
        within, following = self.chain(holder), self._numbers(self.chain(self._first_short))
        starts = (number * self._short for number in _followed(first, following))
        return b"".join(within[start : start + self._short] for start in starts)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _followed(first: int, following: list[int]) -> list[int]:
    """The numbers of a chain."""
    numbers: list[int] = []
    while first < _LAST:
        if first >= len(following) or len(numbers) > len(following):
            raise ValueError(first)
        numbers.append(first)
        first = following[first]
    return numbers
