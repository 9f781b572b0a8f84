"""Map files that people have edited: each fault is told with its line, and none raises anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.faults import FileFault
from ldbu_desktop.mapping.maps import loader
from ldbu_desktop.mapping.maps.loader import map_in, read_map
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.writing import map_text

HEAD = "ldbumap: 1\nsystem: NOVAX\nby: SPL\nwhen: 2025-12-03\n"
TABLE = HEAD + "tables:\n- shape: visit\n  keys: [ID]\n  columns:\n  - {header: ID, state: key}\n"


def faults(text: str) -> list[tuple[str, object]]:
    return [(fault.key, fault.facts.get("line")) for fault in map_in(text.encode(), "m.ldbumap")[1]]


def test_a_small_map_is_right() -> None:
    made, found = map_in((TABLE + "  - {header: VGT, state: approved, variable: weight, unit: g}\n").encode(), "m")
    assert not found
    assert made is not None
    assert made.name == "NOVAX"
    assert made.tables[0].columns[1].unit == "g"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("system: NOVAX\n", ("map-not-a-map", None)),
        ("ldbumap: [", ("form-not-yaml", 2)),
        ("- a\n", ("form-not-keys", 1)),
        ("ldbumap: 1\n", ("form-key-missing", 1)),
        (HEAD + "sytsem: x\n", ("form-key-unknown", 5)),
        (HEAD.replace("1", "2", 1), ("map-version-unknown", 1)),
        (HEAD.replace("2025-12-03", "3.12."), ("map-day-unreadable", 1)),
        (HEAD.replace("SPL", "050520-9996"), ("map-personal", 1)),
        (TABLE + "  - {header: id, state: unmapped}\n", ("map-header-twice", 10)),
        (TABLE.replace("[ID]", "[X]"), ("map-key-unknown", 6)),
        (TABLE + "  - {header: '', state: unmapped}\n", ("map-header-missing", 6)),
        (TABLE + "  - {header: VGT, state: approved}\n", ("map-nothing-approved", 10)),
        (TABLE + "  - {header: VGT, state: maybe}\n", ("form-not-a-word", 10)),
        (TABLE + "  - {header: Mor 050520-9996, state: unmapped}\n", ("map-personal", 10)),
        (TABLE.replace("by: SPL\n", "") + "  - {header: V, state: left-out}\n", ("map-decided-by-nobody", 9)),
        (TABLE + "  - {header: V, state: unmapped, when: i går}\n", ("map-day-unreadable", 10)),
        (TABLE + "  - {header: V, state: unmapped, low: abc}\n", ("map-bound-unreadable", 10)),
        (TABLE + "  - {header: V, state: unmapped, high: NaN}\n", ("map-bound-unreadable", 10)),
        (TABLE + "  - {header: V, state: unmapped, high: Infinity}\n", ("map-bound-unreadable", 10)),
        (TABLE + "  constants:\n  - {variable: visit.class, value: HH, when: x}\n", ("map-day-unreadable", 11)),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(text: str, fault: tuple[str, object]) -> None:
    assert fault in faults(text)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("{value: '1', state: approved}", "map-value-without-meaning"),
        ("{value: '1', state: approved, code: a, missing: unknown}", "map-value-without-meaning"),
        ("{value: 050520-9996, state: approved, code: a}", "map-personal"),
        ("{value: Anna Jensen, state: unmapped}", "map-personal"),
        ("{value: '1', state: left-out, by: a@b.dk}", "map-personal"),
    ],
)
def test_what_is_wrong_with_a_value(value: str, fault: str) -> None:
    text = TABLE + f"  - header: S\n    state: approved\n    variable: sleep\n    values:\n    - {value}\n"
    assert (fault, 14) in faults(text)


def test_a_value_twice_is_told_and_nothing_of_a_person() -> None:
    text = TABLE + "  - header: S\n    state: approved\n    variable: sleep\n    values:\n"
    text += "    - {value: Godt, state: approved, code: a}\n    - {value: godt, state: unmapped}\n"
    text += "    - {value: Anna Jensen, state: unmapped}\n" * 2
    found = map_in(text.encode(), "m")[1]
    told = [fault.facts["value"] for fault in found if fault.key == "map-value-twice"]
    assert told == ["godt", ""]


def test_a_map_without_tables_is_one(made: Map) -> None:
    assert not faults(HEAD)


def test_a_file_that_can_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Map) -> None:
    with pytest.raises(FileFault, match="file-not-found"):
        read_map(tmp_path / "m.ldbumap")
    path = tmp_path / "m.ldbumap"
    path.write_text(map_text(made).replace("shape: visit", "shape: x"), encoding="utf-8")
    with pytest.raises(FileFault, match="form-not-a-word"):
        read_map(path)
    monkeypatch.setattr(loader, "MAP_BYTES", 10)
    with pytest.raises(FileFault, match="map-too-large"):
        read_map(path)
    monkeypatch.setattr(Path, "open", _refused)
    with pytest.raises(FileFault, match="file-not-readable"):
        read_map(path)


def _refused(*_: object) -> object:
    raise PermissionError


@given(st.text(max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    made, found = map_in(text.encode("utf-8", "replace"), "m")
    assert (made is None) <= bool(found)


@given(st.data())
def test_a_map_with_a_line_gone_or_changed_is_read_or_told(data: st.DataObject) -> None:
    lines = _LINES
    at = data.draw(st.integers(0, len(lines) - 1))
    instead = data.draw(st.sampled_from(["", "x", "  y: [", "- 1", "{a: b}", lines[-1]]))
    text = "\n".join([*lines[:at], instead, *lines[at + 1 :]])
    made, found = map_in(text.encode(), "m")
    assert (made is None) <= bool(found)


_VALUES = "    values:\n    - {value: '1', state: approved, code: a}\n"
_LINES = f"{TABLE}  - header: S\n    state: approved\n    variable: sleep\n{_VALUES}".splitlines()
