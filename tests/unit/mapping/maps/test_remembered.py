"""Maps that are kept: for the next export of the same kind, and for their owner only."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from ldbu_desktop.faults import OutputFault
from ldbu_desktop.mapping.maps import remembered as kept
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.remembered import remember, remembered


def test_a_map_is_kept_for_its_owner_only(tmp_path: Path, made: Map) -> None:
    path = remember(made, tmp_path / "kort")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.name.startswith("novax-2025-11-")
    assert remembered(tmp_path / "kort") == (made,)


def test_a_later_one_stands_in_for_an_earlier(tmp_path: Path, made: Map) -> None:
    remember(made, tmp_path)
    later = structs.replace(made, made="2026-01-01")
    remember(later, tmp_path)
    other = structs.replace(made, system="***", version="", made="2024-01-01")
    remember(other, tmp_path)
    assert remembered(tmp_path) == (later, other)


def test_kinds_of_files_without_headers_are_kept_apart(tmp_path: Path, made: Map) -> None:
    table = made.tables[0]
    places = [structs.replace(each, header="", ordinal=at) for at, each in enumerate(table.columns, start=1)]
    kept = {
        remember(structs.replace(made, tables=(structs.replace(table, keys=(), columns=tuple(columns)),)), tmp_path)
        for columns in (places, places[:2])
    }
    assert len(kept) == len(remembered(tmp_path)) == 2


def test_what_can_not_be_read_any_more_decides_nothing(tmp_path: Path, made: Map) -> None:
    remember(made, tmp_path)
    (tmp_path / "nonsens.ldbumap").write_text("ldbumap: [", encoding="utf-8")
    (tmp_path / ".skjult.ldbumap").write_text("ldbumap: 1", encoding="utf-8")
    (tmp_path / "andet.txt").write_text("ldbumap: 1", encoding="utf-8")
    assert remembered(tmp_path) == (made,)
    assert remembered(tmp_path / "findes ikke") == ()


def test_the_usual_folder_is_the_users(no_maps_of_the_user: Path, made: Map) -> None:
    path = remember(made)
    assert path.parent == no_maps_of_the_user
    assert remembered() == (made,)


def test_a_folder_that_can_not_be_made_is_a_fault(tmp_path: Path, made: Map) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(OutputFault):
        remember(made, tmp_path / "fil" / "kort")


def test_where_maps_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert kept.maps_folder().name == "maps"
