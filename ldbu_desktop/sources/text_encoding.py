"""How the bytes of a text file are characters: by its byte order mark, by its zeros, and by where Danish letters fall.

A Danish export is UTF-8 or Windows-1252; older systems write CP850 (DOS) or Mac Roman, report servers UTF-16. Each puts
æ, ø and å on bytes that are signs in the others: that is how they are known, over the whole file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

UTF8_MARK = codecs.BOM_UTF8
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", ""),
    (codecs.BOM_UTF16_BE, "utf-16-be", ""),
)
"""Byte order marks, the longer first, with the codec and the name where it is worth telling."""

_LEGACY = {"cp1252": "Windows-1252", "cp850": "CP850", "mac_roman": "Mac Roman", "cp1257": "Windows-1257"}
"""Encodings of one byte a character, the likeliest first, by their names."""

_COMMON = frozenset("æøåÆØÅ")
_SEEN = frozenset("éèêëáàâäöüóôíúñçßÉÄÖÜ½§°–—’‘“”»«…²³€")
"""Letters and signs that Danish texts hold now and then."""

_USUAL = "cp1252"
_DANISH, _LATIN, _STRANGE = 5, 1, -2
"""What a letter or sign tells for an encoding; without one Danish letter nothing tells for an unusual one."""
_CHUNK = 1024 * 1024
_ASCII = bytes(range(128))
_FEWEST = 8
"""Units of UTF-16 from which zeros tell something."""


class TextEncoding(NamedTuple):
    """How to read a text file: ``wide`` is the codec of two or four bytes a character, with its mark's length.

    Else lines are UTF-8, and those that are not are ``legacy``. ``name`` is told where it is not what people expect;
    ``is_certain`` is False where another encoding fits as well.
    """

    wide: str = ""
    mark: int = 0
    legacy: str = "cp1252"
    name: str = ""
    is_certain: bool = True

    @property
    def legacy_name(self) -> str:
        """What people call the encoding of the lines that are not UTF-8."""
        return _LEGACY[self.legacy]


def text_encoding(stream: IO[bytes]) -> TextEncoding:
    """The encoding of a whole text, which is read from where ``stream`` stands."""
    head = stream.read(_CHUNK)
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return TextEncoding(codec, len(mark), name=name)
    if codec := unmarked_utf16(head):
        return TextEncoding(codec, name="UTF-16")
    counts = _foreign_bytes(head, stream)
    if not any(counts):
        return TextEncoding()
    scores = {codec: _score(counts, codec) for codec in _LEGACY}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < _DANISH or best == _USUAL:
        return TextEncoding(is_certain=scores[_USUAL] > 0)
    rivals = sum(score == scores[best] for score in scores.values())
    return TextEncoding(legacy=best, name=_LEGACY[best], is_certain=rivals == 1)


def unmarked_utf16(head: bytes) -> str:
    """The codec of UTF-16 without a mark, by the zeros in every other byte of a text in Latin letters; else nothing."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < _FEWEST:
        return ""
    for codec, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros.count(0) > 0.8 * len(zeros) and not letters.count(0):
            return codec
    return ""


def _foreign_bytes(head: bytes, stream: IO[bytes]) -> list[int]:
    """How often each byte stands in the lines that are not UTF-8."""
    counts = [0] * 256
    for piece in _pieces(head, stream):
        if piece.isascii() or _is_utf8(piece):
            continue
        for line in piece.splitlines():
            if not _is_utf8(line):
                for byte in line.translate(None, _ASCII):
                    counts[byte] += 1
    return counts


def _pieces(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The text in large pieces that end with a line."""
    while head:
        yield head + stream.readline(_CHUNK)
        head = stream.read(_CHUNK)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _score(counts: list[int], codec: str) -> int:
    score = 0
    for byte, count in enumerate(counts):
        if count:
            character = bytes((byte,)).decode(codec, "replace")
            score += count * (_DANISH if character in _COMMON else _LATIN if character in _SEEN else _STRANGE)
    return score


# --- twice encoded ----------------------------------------------------------------------------------------------------

_CONTINUED = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_TWICE = re.compile(f"[ÂÃ][{re.escape(_CONTINUED)}]|â[€\x80][{re.escape(_CONTINUED)}]")
"""What two and three bytes of UTF-8 look like when each was taken for a character of Windows-1252."""


def encoded_once(text: str) -> str:
    """``text`` with what was encoded as UTF-8 twice put right, as often as it was done."""
    while (mended := _TWICE.sub(_decoded, text)) != text:
        text = mended
    return text


def _decoded(found: re.Match[str]) -> str:
    data = bytes(_byte(character) for character in found[0])
    once = data.decode("utf-8", "ignore")
    return once or found[0]


def _byte(character: str) -> int:
    try:
        return character.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(character)
