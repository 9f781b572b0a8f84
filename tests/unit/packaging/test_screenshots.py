"""Every picture that ships is taken by a story, and a picture that was not taken is told."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[3] / "packaging" / "screenshots.py"


@pytest.fixture
def screenshots() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("screenshots", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_that_ships_is_taken_by_a_story(screenshots: Any) -> None:
    assert screenshots.shown() <= set(screenshots.taken())
    assert {path.stem for path in screenshots.SHIPPED.glob("*.png")} == screenshots.shown()


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_picture_that_was_not_taken_fails(
    screenshots: Any,
    is_taken: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = sorted(screenshots.shown())
    made = names if is_taken else names[1:]

    def take(folder: Path, *_told: object) -> int:
        for name in made:
            (folder / f"{name}.png").write_bytes(b"")
        return 0

    monkeypatch.setattr(screenshots, "take", take)
    monkeypatch.setattr(screenshots, "SHIPPED", tmp_path)
    monkeypatch.setattr("sys.argv", ["screenshots.py"])
    assert screenshots.main() == (0 if is_taken else 1)
    assert {path.stem for path in tmp_path.iterdir()} == set(made)
    assert (names[0] in capsys.readouterr().err) is not is_taken
