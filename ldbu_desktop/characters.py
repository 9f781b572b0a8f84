"""Characters that can't be seen, or that look like others: one form for reading and comparing, and one for showing.

Copied text brings them along: from web pages, word processors, PDF files and Apple's computers. They tell nothing, but
they make two texts that look the same differ.
"""

from __future__ import annotations

import re
import unicodedata

_NOTHING = (
    "\ufeff\u200b\u200c\u200d\u2060\u00ad\u180e\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""What is not seen: marks of byte order, joiners, soft hyphens, and what turns the direction of writing."""

_SPACES = "\u00a0\u202f\u2007\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
_HYPHENS = "\u2010\u2011\u2212\u2043\ufe63\uff0d"
"""Signs that look like a hyphen or a minus; a dash is longer, and stays."""

_WIDE = "".join(map(chr, (0xFF0E, 0xFF0F, 0xFF1A, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))
"""Point, stroke, colon and letters as wide as Chinese signs, as some keyboards write them around wide digits."""
_COMMA = re.compile("[\uff0c\u066b]")
"""The wide comma, and the one between Arabic digits."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_NOTHING),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_HYPHENS, "-"),
        **{wide: unicodedata.normalize("NFKC", wide) for wide in _WIDE},
    }
)
_NOT_PLAIN = re.compile("[\xa0\xad\u0300-\U0010ffff]")
"""What may be other than it is read: in the Latin letters only two signs, and Unicode has composed them all."""
_FOREIGN_DIGIT = re.compile(r"[^\x00-\x7f\D]")
_CONTROL_NAMES = {"\t": "TAB", "\n": "LF", "\r": "CR", "\x1b": "ESC"}
_LOOKALIKES = frozenset(_SPACES + _HYPHENS)
_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Unicode's categories of what has no shape of its own."""


def plain(text: str) -> str:
    """``text`` as it is read and compared: composed (NFC), without what can't be seen, spaces and hyphens ordinary.

    Digits are ordinary too, whatever script they are of. Line breaks and tabs stay.
    """
    return plain_lines(_COMMA.sub(",", text)) if _may_differ(text) else text


def plain_lines(text: str) -> str:
    """``text`` as :func:`plain` has it, but for what would part a line's cells where it did not: commas stay."""
    if not _may_differ(text):
        return text
    ordinary = _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text.translate(_PLAIN))
    return unicodedata.normalize("NFC", ordinary)


def _may_differ(text: str) -> bool:
    return not text.isascii() and _NOT_PLAIN.search(text) is not None


def visible(text: str) -> str:
    """``text`` as it is shown where characters matter: what can't be seen stands by its code, as ``⟨U+200B⟩``.

    So do spaces and hyphens of another kind than they look like.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable() and _LOOKALIKES.isdisjoint(composed):
        return composed
    return "".join(_named(character) if _is_disguised(character) else character for character in composed)


def is_unseen(character: str) -> bool:
    """Whether a character is not seen and takes no room: it may stand between any two that are read together."""
    return character in _NOTHING or (not character.isspace() and unicodedata.category(character) in _UNSEEN)


def harmless(text: str) -> str:
    """``text`` as a terminal may be given it: what would steer it stands by its code; lines stay."""
    return _STEERING.sub(lambda found: _named(found[0]), text)


def steering_escaped(text: str) -> str:
    """JSON with what would steer a terminal, or ends a line for some readers, as JSON's own escapes; lines stay."""
    if text.isprintable():  # as nearly every line is
        return text
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _is_disguised(character: str) -> bool:
    return character in _LOOKALIKES or unicodedata.category(character) in _UNSEEN


def _named(character: str) -> str:
    return f"⟨{_CONTROL_NAMES.get(character) or f'U+{ord(character):04X}'}⟩"
