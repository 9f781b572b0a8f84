"""Changes that only the text of a report shows: broken JSON, other encodings, numbers and keys in odd forms."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Fault = Callable[[bytes, random.Random], bytes]
FAULTS: dict[str, Fault] = {}

_NAME = re.compile(rb'"[A-Za-z]+": ')
_STRING = re.compile(rb'": "[^"]*"')
_NUMBER = re.compile(rb": -?[0-9.]+")


def fault(made: Fault) -> Fault:
    """Mark a function as a fault of the text."""
    FAULTS[made.__name__.strip("_").replace("_", "-")] = made
    return made


def damaged(text: bytes, choose: random.Random) -> tuple[str, bytes]:
    """The text with one fault, and the fault's name."""
    name = choose.choice(sorted(FAULTS))
    return f"text-{name}", FAULTS[name](text, choose)


def _at(text: bytes, pattern: re.Pattern[bytes], choose: random.Random) -> re.Match[bytes]:
    return choose.choice([*pattern.finditer(text)] or [*re.finditer(rb"^", text)])


def _within_a_string(text: bytes, choose: random.Random, more: bytes) -> bytes:
    at = _at(text, _STRING, choose).start() + 4
    return text[:at] + more + text[at:]


def _before_a_name(text: bytes, choose: random.Random, more: bytes) -> bytes:
    at = _at(text, _NAME, choose).start()
    return text[:at] + more + text[at:]


def _as_number(text: bytes, choose: random.Random, form: bytes) -> bytes:
    found = _at(text, _NUMBER, choose)
    return text[: found.start()] + b": " + form + text[found.end() :] if found[0] else text


@fault
def _cut(text: bytes, choose: random.Random) -> bytes:
    return text[: choose.randrange(len(text))]


@fault
def _cut_at_the_end(text: bytes, choose: random.Random) -> bytes:
    return text.rstrip()[: -choose.randrange(1, 4)]


@fault
def _comma_after_the_last(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, re.compile(rb'["0-9\]}e]\n *[\]}]'), choose)
    return text[: found.start() + 1] + b"," + text[found.start() + 1 :]


@fault
def _comma_first(text: bytes, choose: random.Random) -> bytes:
    at = _at(text, re.compile(rb"[\[{]\n"), choose).end()
    return text[:at] + b"," + text[at:]


@fault
def _comma_twice(text: bytes, choose: random.Random) -> bytes:
    at = _at(text, re.compile(rb",\n"), choose).start()
    return text[:at] + b"," + text[at:]


@fault
def _comma_missing(text: bytes, choose: random.Random) -> bytes:
    at = _at(text, re.compile(rb",\n"), choose).start()
    return text[:at] + text[at + 1 :]


@fault
def _colon_missing(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, _NAME, choose)
    return text[: found.end() - 2] + text[found.end() - 1 :]


@fault
def _colon_twice(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, _NAME, choose)
    return text[: found.end() - 1] + b":" + text[found.end() - 1 :]


@fault
def _bracket(text: bytes, choose: random.Random) -> bytes:
    at = _at(text, re.compile(rb"[\[\]{}]"), choose).start()
    return text[:at] + choose.choice((b"", b"[", b"]", b"{", b"}")) + text[at + 1 :]


@fault
def _comment(text: bytes, choose: random.Random) -> bytes:
    return _before_a_name(text, choose, choose.choice((b"// note\n", b"/* note */", b"# note\n", b"<!-- x -->")))


@fault
def _second_document(text: bytes, choose: random.Random) -> bytes:
    return text + choose.choice((b"{}", b" x", b"]", b"}", b",", b"\n" + text, b"null", b"\n\n", b" \t\r\n", b"\x00"))


@fault
def _before_the_document(text: bytes, choose: random.Random) -> bytes:
    return (
        choose.choice((b" ", b"\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"x", b"\x00", b",", b"\xc2\xa0"))
        + text
    )


@fault
def _key_twice(text: bytes, choose: random.Random) -> bytes:
    lines = text.split(b"\n")
    wanted = [n for n, line in enumerate(lines) if _NAME.search(line) and line.endswith(b",")]
    if not wanted:
        return text
    at = choose.choice(wanted)
    again = re.sub(rb'": "', b'": "x', lines[at]) if choose.random() < 0.5 else lines[at]
    return b"\n".join([*lines[: at + 1], again, *lines[at + 1 :]])


@fault
def _key_twice_apart(text: bytes, choose: random.Random) -> bytes:
    key = choose.choice(
        (
            b'"status": "final", "status": 1, ',
            b'"id": "a", "id": "b", ',
            b'"meta": {}, "meta": {}, ',
            b'"x": 1, "x": 2, ',
        )
    )
    return _before_a_name(text, choose, key)


@fault
def _quotes(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, _NAME, choose)
    name = found[0].strip(b'": ')
    return (
        text[: found.start()]
        + choose.choice((b"'" + name + b"'", name, b'"' + name, name + b'"'))
        + b": "
        + text[found.end() :]
    )


@fault
def _value_without_quotes(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, _STRING, choose)
    return text[: found.start() + 3] + found[0][4:-1] + text[found.end() :]


@fault
def _literal(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, _STRING, choose)
    form = choose.choice(
        (b"NaN", b"Infinity", b"-Infinity", b"True", b"TRUE", b"None", b"undefined", b"nil", b"0x1F", b"null", b"'x'")
    )
    return text[: found.start() + 3] + form + text[found.end() :] if found[0] else text


@fault
def _number(text: bytes, choose: random.Random) -> bytes:
    forms = (b"05", b"5.", b".5", b"+5", b"5e", b"5e+", b"1e5", b"1E-2", b"NaN", b"-", b"--5", b"5.0.0", b"1_000",
    b"0x5",
             b"1e400", b"-0", b"5,5", b"-0.0", b"50.00", b"1e0", b"5 5", b"\xd9\xa5")  # fmt: skip
    return _as_number(text, choose, choose.choice(forms))


@fault
def _control_character(text: bytes, choose: random.Random) -> bytes:
    return _within_a_string(
        text, choose, choose.choice((b"\x01", b"\x00", b"\n", b"\t", b"\r", b"\x1f", b"\x7f", b"\xc2\x85"))
    )


@fault
def _escape(text: bytes, choose: random.Random) -> bytes:
    forms = (
        b"\\u00e6", b"\\u0041", b"\\n", b"\\t", b"\\b", b"\\/", b'\\"', b"\\\\", b"\\x41", b"\\'", b"\\u12", b"\\uZZZZ",
        b"\\ud83d\\ude00", b"\\u0000", b"\\u0001", b"\\u0020", b"\\u00a0", b"\\U0041", b"\\", b"\\0", b"\\r",
    )  # fmt: skip
    return _within_a_string(text, choose, choose.choice(forms))


@fault
def _bytes(text: bytes, choose: random.Random) -> bytes:
    return _within_a_string(
        text,
        choose,
        choose.choice((b"\xe5", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc3\xa6", b"\xef\xbf\xbd")),
    )


@fault
def _encoding(text: bytes, choose: random.Random) -> bytes:
    return text.decode().encode(choose.choice(("utf-16", "utf-16-le", "utf-32")))


@fault
def _spaces(text: bytes, choose: random.Random) -> bytes:
    return choose.choice((
        text.replace(b"\n", b"\r\n"), text.replace(b"\n", b"\r"), text.replace(b"\n", b""), text.replace(b" ", b"\t"),
        text.replace(b"\n", b"\n\n"), text.replace(b'": ', b'" : ', 5), text.replace(b"\n", b"\x0b", 3),
        text.replace(b"\n", b"\x0c", 3),
    ))  # fmt: skip


@fault
def _slashes(text: bytes, choose: random.Random) -> bytes:
    return text.replace(b"/", b"\\/", choose.randrange(1, 20))


@fault
def _escaped_names(text: bytes, choose: random.Random) -> bytes:
    return text.replace(b'"status"', b'"st\\u0061tus"', choose.randrange(1, 4))


@fault
def _name(text: bytes, choose: random.Random) -> bytes:
    found = _at(text, _NAME, choose)
    name = found[0].strip(b'": ')
    other = choose.choice(
        (
            b"",
            b" " + name,
            name + b" ",
            name.upper(),
            name + b"\\u0000",
            b"\\u0009" + name,
            name + b"\xc3\xa6",
            b"@" + name,
        )
    )
    return text[: found.start()] + b'"' + other + b'": ' + text[found.end() :]


@fault
def _other_document(text: bytes, choose: random.Random) -> bytes:
    return choose.choice((
        b"", b" ", b"null", b"[]", b"{}", b'""', b"1", b"[" + text + b"]", b"<Bundle/>", b"{",
        b'"' + text.replace(b'"', b'\\"').replace(b"\n", b"") + b'"',
        b'{"resourceType": "Bundle"}', b'{"resourceType": "Patient"}', b'{"resourceType": null}',
        b'{"resourceType": ["Bundle"]}', b'{"Bundle": ' + text + b"}",
        text.replace(b'"Bundle"', b'"bundle"', 1), text.replace(b'"Bundle"', b'"Nope"', 1), text.replace(b'"Bundle"',
        b'"Patient"', 1),
        text.replace(b'"Bundle"', b'"DomainResource"', 1), text.replace(b'"Bundle"', b'"Parameters"', 1),
        text.replace(b'"Bundle"', b"1", 1),
        text.replace(b'"Bundle"', b'""', 1), text.replace(b'"Bundle"', b'"Bundle "', 1),
        text.replace(b'"resourceType": "Bundle",', b"", 1),
    ))  # fmt: skip
