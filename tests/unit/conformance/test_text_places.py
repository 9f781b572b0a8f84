"""Faults that only the text shows stand where they are in it, and are told by their names."""

from __future__ import annotations

import pytest

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for


def first(text: str | bytes, code: str) -> ConformanceFinding:
    verdict = engine_for(shipped_standard()).check(text if isinstance(text, bytes) else text.encode())
    return next(one for one in verdict.errors if one.code == code)


@pytest.mark.parametrize(
    ("inner", "code", "found", "line", "column"),
    [
        ('"id": "a",\n  "id": "b"', "duplicate-key", "id", 3, 9),
        ('"entry": [],\n  "entry": [{}]', "duplicate-key", "entry", 3, 12),
        ('"id": "a",\n "total": NaN', "unquoted-value", "total", 3, 11),
        ('"id": "a",\n "link": [\n  yes]', "unquoted-value", "", 4, 3),
        ('"id": "a",\n  language: "da"', "unquoted-name", "language", 3, 3),
        ('"id": "a",\n  // said aside\n "language": "da"', "comment", "", 3, 3),
        ('"entry": [{},\n   ]', "trailing-comma", "", 3, 4),
    ],
)
def test_what_only_the_text_shows_is_where_it_stands(inner: str, code: str, found: str, line: int, column: int) -> None:
    told = first(f'{{"resourceType": "Bundle",\n{inner}}}', code)
    assert (told.found, told.line, told.column) == (found, line, column)


def test_the_second_of_three_is_where_a_name_stands_again() -> None:
    told = first('{"resourceType": "Bundle",\n"id": "a",\n"id": "b",\n"id": "c"}', "duplicate-key")
    assert (told.line, told.column) == (3, 7)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a":\n "æ"'.encode("latin-1"), "not-utf-8", 2, 3),
        (b"\xef\xbb\xbf{\n\xff}", "not-utf-8", 2, 1),
        ("[]", "no-report", 1, 1),
        ('"Bundle"', "no-report", 1, 1),
        ("null", "no-report", 1, 1),
        ("\n[1", "no-report", 2, 1),
        ("<Bundle/>", "not-json", 1, 1),
        ('{"a": "b"', "truncated", 1, 10),
    ],
)
def test_what_can_not_be_read_is_where_it_ends_to_be_readable(
    text: str | bytes, code: str, line: int, column: int
) -> None:
    told = first(text, code)
    assert (told.line, told.column) == (line, column)


@pytest.mark.parametrize(
    ("kind", "code", "found"),
    [
        ('"Bundel"', "unknown-resource", "Bundel"),
        ('""', "resource-type-missing", ""),
        ("5", "resource-type-missing", ""),
        ('["Bundle"]', "resource-type-missing", ""),
        ("null", "resource-type-missing", ""),
    ],
)
def test_a_wrong_type_is_told_as_it_is_written(kind: str, code: str, found: str) -> None:
    assert first(f'{{"resourceType": {kind}}}', code).found == found
