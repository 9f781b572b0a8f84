"""``ldbu manual``: shown, written as HTML and PDF, and refused as anything else."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from ldbu_desktop import __main__
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.manual import PAGES, page_for, picture, text, title


@pytest.mark.parametrize("language", Language)
def test_each_page_is_there_with_its_pictures(language: Language) -> None:
    for page in PAGES:
        written = text(page, language)
        assert written.startswith(f"# {title(page, language)}\n")
        assert all(picture(name).is_file() for name in re.findall(r"!\[[^]]*\]\(([^)]*)\)", written))


def test_each_page_of_the_window_has_one_of_the_pages() -> None:
    told = json.loads(resource("manual", "pages.json").read_text(encoding="utf-8"))
    assert set(told.values()) == set(PAGES)
    assert page_for("delivery") == "office"
    assert page_for("no such page") == PAGES[0]


def test_commands_that_it_names_are_there() -> None:
    from ldbu_desktop.cli.names import COMMANDS

    named = {name for page in PAGES for name in re.findall(r"`ldbu ([a-z-]+)", text(page, Language.DANISH))}
    assert named
    assert named <= set(COMMANDS)


def test_one_page_or_all_as_they_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["manual", "trainer"]) == Exit.CLEAN
    assert capsys.readouterr().out == text("trainer", Language.DANISH) + "\n"
    assert run(["manual"]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert [line for line in told.splitlines() if line.startswith("# ")] == [
        f"# {title(page, Language.DANISH)}" for page in PAGES
    ]


def test_on_a_terminal_it_is_laid_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["manual", "trainer", "--language", "en"]) == Exit.CLEAN
    told = capsys.readouterr().out
    assert title("trainer", Language.ENGLISH) in told
    assert "# " not in told


def test_html_needs_no_other_file(tmp_path: Path) -> None:
    to = tmp_path / "manual.html"
    assert run(["manual", "--to", str(to)]) == Exit.CLEAN
    told = to.read_text(encoding="utf-8")
    assert told.count("<h1>") == told.count("<section>") == len(PAGES)
    assert "<table>" in told
    assert all(source.startswith("data:image/png;base64,") for source in re.findall(r'src="([^"]*)"', told))


def test_a_pdf_is_painted(tmp_path: Path) -> None:
    to = tmp_path / "manual.pdf"
    assert __main__.command_line(["manual", "office", "--to", str(to)]) == Exit.CLEAN
    assert to.read_bytes().startswith(b"%PDF-")


def test_anything_else_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["manual", "--to", str(tmp_path / "manual.docx")]) == Exit.FAULT
    assert "manual.docx" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
