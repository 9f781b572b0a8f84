"""Makes the pictures out of the stories that are told from outside: those that ship, or all of them into a folder.

A story that fails, or one that took no picture that is asked for, fails the whole. Called by ``screenshots.sh``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
SHIPPED = PROJECT / "resources" / "manual" / "pictures"
STORIES = PROJECT / "tests" / "end_to_end"
_SHOWN = re.compile(r"\]\((?:[\w/]+/)?([\w-]+)\.png\)")
_TAKEN = re.compile(r"picture\(\"([\w-]+)\"\)")


def shown() -> set[str]:
    """The pictures that ship: those that README and manual show, and what lies where they ship."""
    texts = [PROJECT / "README.md", *(PROJECT / "resources" / "manual").rglob("*.md")]
    told = (name for text in texts for name in _SHOWN.findall(text.read_text(encoding="utf-8")))
    return {*told, *(path.stem for path in SHIPPED.glob("*.png"))}


def taken() -> dict[str, Path]:
    """The pictures that stories take by a name that stands there, and in which file of stories."""
    files = sorted(STORIES.rglob("test_*.py"))
    return {name: path for path in files for name in _TAKEN.findall(path.read_text(encoding="utf-8"))}


def take(folder: Path, stories: Iterable[Path], chosen: dict[str, str]) -> int:
    """Tell the stories, with their pictures going into ``folder``; what pytest ends with."""
    os.environ.update(chosen | {"LDBU_TESTS": "ci", "LDBU_PICTURES": str(folder)})
    return pytest.main(["-q", "-m", "screen_reader", "--rootdir", str(PROJECT), *map(str, stories)])


def main() -> int:
    """Take the pictures that the call asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="for all pictures; without it those that ship are made")
    parser.add_argument("--screen", default="1280x720", help="how large the screen is, in pixels")
    parser.add_argument("--look", choices=("light", "dark"), default="light")
    parser.add_argument("--scale", default="1", help="how much larger all is drawn")
    asked = parser.parse_args()
    chosen = {"LDBU_SCREEN": asked.screen, "LDBU_LOOK": asked.look, "QT_SCALE_FACTOR": asked.scale}
    by_name = taken()
    wanted = set(by_name) if asked.folder else shown()
    if told_nowhere := wanted - set(by_name):
        sys.stderr.write(f"no story takes: {', '.join(sorted(told_nowhere))}\n")
        return 1
    with tempfile.TemporaryDirectory() as made:
        stories = [STORIES] if asked.folder else sorted({by_name[name] for name in wanted})
        code = take(Path(made), stories, chosen)
        if missing := sorted(name for name in wanted if not Path(made, f"{name}.png").exists()):
            sys.stderr.write(f"not taken: {', '.join(missing)}\n")
        target = asked.folder or SHIPPED
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted(Path(made).glob("*.png")):
            if asked.folder or path.stem in wanted:
                shutil.copy(path, target)
    return code or bool(missing)


if __name__ == "__main__":
    raise SystemExit(main())
