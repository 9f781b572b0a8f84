"""The page as a file: one page whatever there is, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ldbu_desktop.faults import OutputFault
from ldbu_desktop.rendering.visit_summary import Line, Part, Summary, visit_summary
from ldbu_desktop.ui.printing.pdf import Fit, choose_and_write, has_room, lay_out, write_pdf
from tests.profiles import examples
from tests.ui.printing.printed_family import STANDARD, TODAY, VISIT, family

SUMMARY = visit_summary(family(), VISIT, STANDARD, (), TODAY)


def crowded(count: int, parts: int = 7, length: int = 30, word: str = "ord ") -> Summary:
    """A summary with so many lines in each part."""
    words = (word * length)[:length].strip()
    made = tuple(Part(f"Del {part}", tuple(Line(words, words, words) for _ in range(count))) for part in range(parts))
    return Summary("Besøg", ("om",) * 5, made, SUMMARY.foot)


def pages(path: Path) -> int:
    """How many pages a file has."""
    return path.read_bytes().count(b"/Type /Page\n")


def test_one_page_with_its_fonts_inside(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "kontakt.pdf"
    fit = write_pdf(path, SUMMARY)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    assert pages(path) == 1
    assert b"/FontFile2" in data
    assert (fit.points, fit.summary) == (10.0, SUMMARY)
    assert b"0505209996" not in data


def test_text_shrinks_before_anything_is_left_out(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "kontakt.pdf"
    fits = [write_pdf(path, crowded(count)) for count in range(1, 9)]
    sizes = [fit.points for fit in fits]
    assert sizes[0] == 10
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 2
    assert all(fit.summary == crowded(count + 1) for count, fit in enumerate(fits) if fit.points > 8)


@pytest.mark.parametrize("count", [11, 20, 400])
def test_no_more_is_left_out_than_must_be(qapp: QApplication, tmp_path: Path, count: int) -> None:
    path = tmp_path / "kontakt.pdf"
    fit = write_pdf(path, crowded(count))
    assert pages(path) == 1
    assert fit.points == 8
    (kept,) = {len(part.lines) for part in fit.summary.parts}
    assert {part.left_out for part in fit.summary.parts} == {count - kept}
    writer = QPdfWriter(str(path))
    lay_out(writer)
    assert has_room(fit, writer)
    assert not has_room(Fit(8, crowded(count).shortened(kept + 1)), writer)


@examples(5)
@given(st.integers(0, 60), st.integers(1, 7), st.integers(1, 240))
def test_it_is_one_page_whatever_there_is(
    tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, count: int, parts: int, length: int
) -> None:
    path = tmp_path_factory.mktemp("pdf") / "kontakt.pdf"
    fit = write_pdf(path, crowded(count, parts, length))
    assert pages(path) == 1
    writer = QPdfWriter(str(path.with_name("again.pdf")))
    lay_out(writer)
    assert has_room(fit, writer)
    assert sum(len(part.lines) + part.left_out for part in fit.summary.parts) == count * parts


def test_the_last_resort_has_room(qapp: QApplication, tmp_path: Path) -> None:
    """Seven parts of texts as long as they can be, in wide letters: what is left is still within the page."""
    path = tmp_path / "kontakt.pdf"
    fit = write_pdf(path, crowded(60, 7, 240, "MMMMMMMM "))
    writer = QPdfWriter(str(path))
    lay_out(writer)
    assert has_room(fit, writer)
    assert {len(part.lines) for part in fit.summary.parts} == {1}
    assert max(len(line.value) for part in fit.summary.parts for line in part.lines) == 40


def test_where_it_can_not_be_written_nothing_changes(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(OutputFault):
        write_pdf(tmp_path / "ingen" / "kontakt.pdf", SUMMARY)
    taken = tmp_path / "kontakt.pdf"
    taken.mkdir()
    with pytest.raises(OutputFault):
        write_pdf(taken, SUMMARY)
    assert [path.name for path in tmp_path.iterdir()] == ["kontakt.pdf"]


def test_a_place_is_asked_for(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[str] = []

    def answer(path: str) -> None:
        def ask(_parent: QWidget, _title: str, name: str, _kinds: str, _chosen: str) -> tuple[str, str]:
            asked.append(name)
            return path, ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)

    answer("")
    assert choose_and_write(window, SUMMARY, "kontakt.pdf") is None
    answer(str(tmp_path / "min.kontakt"))
    assert choose_and_write(window, SUMMARY, "kontakt.pdf") == tmp_path / "min.kontakt.pdf"
    answer(str(tmp_path / "B.PDF"))
    assert choose_and_write(window, SUMMARY, "kontakt.pdf") == tmp_path / "B.PDF"
    assert asked == ["kontakt.pdf"] * 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["B.PDF", "min.kontakt.pdf"]
