"""JSON as it was written: values keep their form, and every fault of the text is told with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.json_text import JsonLimits, Written, line_and_column, parse, positions

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def kinds(text: bytes) -> list[tuple[str, tuple[str | int, ...], bool]]:
    return [(fault.kind, fault.path, fault.is_fatal) for fault in parse(text).faults]


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_what_is_written_is_read(value: dict[str, object]) -> None:
    found = parse(json.dumps(value).encode())
    if not found.faults:
        assert found.value == value


PLACES: set[tuple[str | int, ...]] = {("a",), ("a", 0), ()}


def is_json(data: bytes) -> bool:
    """Whether another reader takes it for JSON."""
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


@given(st.binary(max_size=300))
def test_what_no_other_reader_can_read_is_a_fault(data: bytes) -> None:
    assert parse(data).faults or is_json(data)
    assert set(positions(data, PLACES)) <= PLACES


@given(st.text(alphabet='{}[]":,ab1.eE-+\\/ntrue \n', max_size=80))
def test_what_looks_like_json_and_is_none_is_a_fault(text: str) -> None:
    assert parse(text.encode()).faults or is_json(text.encode())
    assert set(positions(text.encode(), PLACES)) <= PLACES


def test_numbers_keep_their_form() -> None:
    value = parse(b'{"a": 54.50, "b": 1e400, "c": 5100, "d": -0.0}').value
    assert value == {"a": Written("54.50"), "b": Written("1e400"), "c": 5100, "d": Written("-0.0")}
    assert str(value["a"]) == "54.50"
    assert repr(value["a"]) == "Written('54.50')"
    assert len({Written("1.0"), Written("1.0"), Written("1.00")}) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"a":1,"a":2}', [("duplicate-key", ("a",), False)]),
        (b'{"a":[[]]}', [("nested-empty-array", ("a", 1), True)]),
        (b'{"a":"\\b"}', [("bad-escape", (), True)]),
        (b'{"a":[1,]}', [("trailing-comma", ("a",), False)]),
        (b'{"a":NaN}', [("unquoted-value", ("a",), False)]),
        (b'{"a":1,}', [("not-json", (), True)]),
        (b"{a:1}", [("unquoted-name", ("a",), False)]),
        (b'{"a":"\x01"}', [("control-character", ("a",), False)]),
        (b'{"a":"\\ud800"}', [("lone-surrogate", ("a",), False)]),
        (b'{"a":1} {}', [("second-document", (), True)]),
        (b'{"a":"x', [("truncated", ("a",), True)]),
        (b'{"a":', [("truncated", ("a",), True)]),
        (b"", [("truncated", (), True)]),
        (b"[1]", []),
        (b"[1", [("no-report", (), True)]),
        (b"1 2", [("no-report", (), True)]),
        (b"<a/>", [("not-json", (), True)]),
        (b'{"a":"\xff"}', [("not-utf-8", (), True)]),
        (b'// x\n{"a":1}', [("comment", ("a",), False)]),
        (b'{// x\n"a":1}', [("comment", ("a",), False)]),
        (b'{"a":/* x */1}', [("not-json", ("a",), True)]),
        (b"{'a':1}", [("not-json", (), True)]),
        (b'{"a" 1}', [("not-json", (), True)]),
        (b'{"a":}', [("not-json", (), True)]),
        (b'{"a":1 "b":2}', [("not-json", (), True)]),
        (b'{"a":"\\q"}', [("bad-escape", ("a",), True)]),
        (b'\xef\xbb\xbf{"a":1}', []),
        (b'{"a":"\\u0022"}', []),
        (b'{"a":[]}', []),
        (b'{"a":{}}', []),
    ],
)
def test_every_fault_of_the_text_is_told(text: bytes, expected: list[tuple[str, tuple[str | int, ...], bool]]) -> None:
    found = kinds(text)
    if expected and expected[0][0] in {"bad-escape", "lone-surrogate", "control-character"}:
        assert [kind for kind, _, _ in found] == [kind for kind, _, _ in expected]
    else:
        assert found == expected


@pytest.mark.parametrize("text", [b'{"a": -0}', b'{"a": [-0, 1]}', b'{"a":-0,"b":1}', b'{"a": -0\n}'])
def test_a_zero_keeps_its_sign(text: bytes) -> None:
    assert b"-0" in repr(parse(text)).encode()


def test_the_first_of_two_keys_counts() -> None:
    assert parse(b'{"a":1,"a":2,"b":3}').value == {"a": 1, "b": 3}


def test_pairs_of_surrogates_are_one_character() -> None:
    assert parse(b'{"a":"\\ud83d\\ude00\\n"}').value == {"a": "😀\n"}


def test_byte_order_marks_are_left_out_wherever_they_stand() -> None:
    assert parse(b'\xef\xbb\xbf{"a":"x\xef\xbb\xbfy"}').value == {"a": "xy"}


def test_of_two_values_the_first_counts_and_of_two_resource_types_the_last() -> None:
    assert parse(b'{"a":1,"a":2,"resourceType":"A","resourceType":"B"}').value == {"a": 1, "resourceType": "B"}


def test_depth_and_size_have_limits() -> None:
    deep = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
    assert kinds(deep)[0][0] == "too-deep"
    assert parse(b"{}", limits=JsonLimits(size=1)).faults[0].kind == "too-large"


def test_a_place_has_line_and_column() -> None:
    text = b'{"a": [{"b": 1},\n  {"b": [2,\n 3.0]}],\n "\\u0063": "x"}'
    here, last = ("a", 1, "b", 1), ("c",)
    assert positions(text, (here, last, (), ("nothing",))) == {here: (3, 2), last: (4, 12), (): (1, 1)}
    assert line_and_column(text, 17) == (2, 1)


def test_a_place_is_found_in_a_faulty_text_too() -> None:
    path = ("b", 1, "c")
    assert positions(b'{"a": NaN,\n "b": [1, {"c": 2}]}', (path,)) == {path: (2, 17)}
    assert positions(b'{"a": NaN', ((),)) == {(): (1, 1)}
    inner = ("a", 1, "c")
    assert positions(b' {a: [1,\n {"c": 2}]}', ((), inner)) == {(): (1, 2), inner: (2, 8)}
