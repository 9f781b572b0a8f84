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

_DANISH = re.compile("[æøå]|(?<![a-zæøå])[ÆØÅ]")
_MISPLACED = re.compile("(?<=[a-zæøå])[ÆØÅ]")
_SEEN = re.compile("[éèêëáàâäöüóôíúñçßÉÄÖÜ½§°–—’‘“”»«…²³€]")
"""Letters and signs that Danish texts hold now and then."""

_FOREIGN = re.compile("[^\x00-\x7f]")
_ENOUGH = 5
"""What one Danish letter counts for; without one, nothing tells for an unusual encoding."""

_USUAL = "cp1252"
_EVIDENCE_BYTES = 256 * 1024
"""Lines that are not UTF-8, of which so much is looked at."""

_CHUNK = 1024 * 1024
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
    evidence = _foreign_lines(head, stream)
    if not evidence:
        return TextEncoding()
    scores = {codec: _score(evidence.decode(codec, "replace")) for codec in _LEGACY}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < _ENOUGH or best == _USUAL:
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


_NOTHING_TO_MEND = bytes(range(0xC0)) + b"\xc3"


def is_plain_danish(data: bytes) -> bool:
    """Whether UTF-8 holds only ASCII and letters from À to ÿ: they are composed, can all be seen, and encoded once."""
    return not data.translate(None, _NOTHING_TO_MEND)


def _foreign_lines(head: bytes, stream: IO[bytes]) -> bytes:
    """Lines that are not UTF-8."""
    evidence = bytearray()
    for piece in _pieces(head, stream):
        if not piece.isascii() and not _is_utf8(piece):
            for line in piece.splitlines(keepends=True):
                if len(evidence) < _EVIDENCE_BYTES and not _is_utf8(line):
                    evidence += line
    return bytes(evidence)


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


def _score(text: str) -> int:
    """How much a text looks Danish: by its letters where they may stand, and by signs that it should not have."""
    danish, misplaced, seen = (len(pattern.findall(text)) for pattern in (_DANISH, _MISPLACED, _SEEN))
    strange = len(_FOREIGN.findall(text)) - danish - misplaced - seen
    return _ENOUGH * (danish - misplaced) + seen - 2 * strange


# --- twice encoded ----------------------------------------------------------------------------------------------------

_CONTINUED = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "".join(map(chr, range(0x80, 0xC0)))
_TWICE = re.compile(f"Ã[{re.escape(_CONTINUED)}]|Â[\u00a0-\u00bf]|â[€\x80][{re.escape(_CONTINUED)}]")
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
