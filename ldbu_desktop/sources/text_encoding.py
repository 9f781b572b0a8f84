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

_DANISH = frozenset("æøåÆØÅ")
_SEEN = frozenset("éèêëáàâäöüóôíúñçßÉÄÖÜ½§°–—’‘“”»«…²³€")
"""Letters and signs that Danish texts hold now and then."""

_WORD_OR_SIGN = re.compile(r"\d?[^\W\d_]+|[^\x00-\x7f]")
"""A word, with the figure that it is written at, or a sign alone."""

_ENOUGH = 5
"""What one Danish letter counts for; without one, nothing tells for an unusual encoding."""

_IMPOSSIBLE = -3
"""The score from which a text is not what it usually is: a sign has no meaning in it, or a capital is within a word."""

_NEVER = frozenset("‚ƒ„†‡ˆ‰‹›˜™\ufffd")
"""What nobody writes in a journal, and what a byte is that means nothing."""

_USUAL = "cp1252"
_EVIDENCE_BYTES = 256 * 1024
"""Lines that are not UTF-8, of which so much is looked at."""

_CHUNK = 1024 * 1024
_FEWEST = 8
"""Units of UTF-16 from which zeros tell something."""


class TextEncoding(NamedTuple):
    """How to read a text file: ``wide`` is the codec of two or four bytes a character, with its mark's length.

    Else lines are UTF-8, and those that are not are ``legacy``. ``name`` is told where it is not what people expect;
    ``others`` are the names of those that may be meant as well: then it is not certain.
    """

    wide: str = ""
    mark: int = 0
    legacy: str = "cp1252"
    name: str = ""
    others: tuple[str, ...] = ()

    @property
    def legacy_name(self) -> str:
        """What people call the encoding of the lines that are not UTF-8."""
        return _LEGACY[self.legacy]


def encoding_at_first(stream: IO[bytes]) -> TextEncoding:
    """The encoding of a text as far as its beginning tells, which is read from where ``stream`` stands.

    Only where it is not ``wide`` and a line turns out not to be UTF-8, the whole is asked.
    """
    return _wide_encoding(stream.read(_CHUNK)) or TextEncoding()


def _wide_encoding(head: bytes) -> TextEncoding | None:
    for mark, codec, name in _MARKS:
        if head.startswith(mark):
            return TextEncoding(codec, len(mark), name=name)
    codec = unmarked_wide(head)
    return TextEncoding(codec, name=_wide_name(codec)) if codec else None


def text_encoding(stream: IO[bytes]) -> TextEncoding:
    """The encoding of a whole text, which is read from where ``stream`` stands."""
    head = stream.read(_CHUNK)
    if wide := _wide_encoding(head):
        return wide
    evidence = _foreign_lines(head, stream)
    if not evidence:
        return TextEncoding()
    texts = {codec: evidence.decode(codec, "replace") for codec in _LEGACY}
    scores = {codec: _score(text) for codec, text in texts.items()}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < _ENOUGH and scores[_USUAL] > _IMPOSSIBLE:
        best = _USUAL
    others = [codec for codec in scores if scores[codec] >= scores[best] and texts[codec] != texts[best]]
    is_certain = not others and scores[best] > 0 and (best == _USUAL or scores[best] >= _ENOUGH)
    if not (is_certain or others):
        others = [max(scores.keys() - {best}, key=lambda codec: scores[codec])]
    name = "" if best == _USUAL else _LEGACY[best]
    return TextEncoding(legacy=best, name=name, others=() if is_certain else tuple(_LEGACY[one] for one in others))


def unmarked_wide(head: bytes) -> str:
    """The codec of UTF-32 or UTF-16 without a mark, by the zeros of a text in Latin letters; else nothing."""
    if len(head) < 2 * _FEWEST:
        return ""
    quarters = [head[at::4] for at in range(4)]
    for codec, lowest, highest in (("utf-32-le", 0, (2, 3)), ("utf-32-be", 3, (0, 1))):
        if not quarters[lowest].count(0) and not any(any(quarters[at]) for at in highest):
            return codec
    even, odd = head[0::2], head[1::2]
    for codec, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros.count(0) > 0.8 * len(zeros) and not letters.count(0):
            return codec
    return ""


def marked_wide(head: bytes) -> str:
    """The codec of two or four bytes a character that a mark tells; else nothing."""
    return next((codec for mark, codec, _ in _MARKS if head.startswith(mark)), "")


def _wide_name(codec: str) -> str:
    return codec[: len("utf-16")].upper()


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
    score = 0
    for word in _WORD_OR_SIGN.findall(text):
        if not word.isascii():
            score += _score_of(word)
    return score


def _score_of(word: str) -> int:
    """The score of a word with letters that are not ASCII, or of a sign."""
    letters = [character for character in word if character > "\x7f"]
    danish = sum(character in _DANISH for character in letters)
    seen = sum(character in _SEEN for character in letters)
    if not word[-1].isalpha():
        return seen - 2 * (len(letters) - seen) - sum(character in _NEVER for character in letters)
    if not _is_written(word):
        return -_ENOUGH * len(letters)
    if len(word) == 1 and not danish:
        return 0 if seen else -2
    return _ENOUGH * danish + seen - 2 * (len(letters) - danish - seen)


def _is_written(word: str) -> bool:
    """Whether capitals stand where they may, and no lone letter at a figure."""
    if word[0].isdigit():
        return len(word) > 2 and _is_written(word[1:])
    return word.islower() or word.isupper() or word[1:].islower() or not word[1:]


# --- twice encoded ----------------------------------------------------------------------------------------------------

_CONTINUED = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "".join(map(chr, range(0x80, 0xC0))))
_LETTER = f"[ÃÂ][{_CONTINUED}]|â[{_CONTINUED}]{{2}}"
_TWICE = re.compile(f"(?:{_LETTER})(?:{_LETTER}|[ÅÆË][{_CONTINUED}])*")
"""What two and three bytes of UTF-8 look like when each was taken for a character of Windows-1252.

Behind the first may stand what a sign of Windows-1252 has become, where it was done more often than twice."""

_C1 = re.compile("[\x80-\x9f]")
"""Characters that no text has: they are signs of Windows-1252 that a program took for Latin-1."""


def encoded_once(text: str) -> str:
    """``text`` with what was encoded as UTF-8 twice put right, as often as it was done."""
    while (mended := _TWICE.sub(_decoded, text)) != text:
        text = mended
    return _C1.sub(_sign, text)


def _decoded(found: re.Match[str]) -> str:
    # What the expression finds is always UTF-8: a first byte, and as many that go on as it asks for.
    return bytes(map(_byte, found[0])).decode()


def _byte(character: str) -> int:
    try:
        return character.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(character)


def _sign(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("cp1252", "ignore") or found[0]
