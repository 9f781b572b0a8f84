"""Picks from checked variants those that ship with the tests: of every kind of message some, and all that are rare.

usage: python -m tests.conformance.ship_cases TARGET.jsonl.xz EXAMPLES FOLDER... [--whole FOLDER...]

Each FOLDER holds variants and what the official validator said of them, ``official.jsonl``. Its wording is not kept:
only keys and places are. Variants of the guide's own examples, which are in the folder EXAMPLES, do not ship. Folders
behind ``--whole`` ship with all they hold, and of the others all that is valid too.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OF_EACH_KIND = 3
_FACTS = re.compile(r"'[^']*'|\"[^\"]*\"|\([^)]*\)|[\w:/.-]*/[\w:/.#|-]*|\d+")
_INDEX = re.compile(r"\[\d+\]|/\*.*?\*/")


def rows(folders: list[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every variant with what was said of it."""
    for folder in folders:
        for line in (folder / "official.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
            row = json.loads(line)
            yield folder / row["file"], row


def kinds(row: dict[str, Any]) -> set[tuple[str, str]]:
    """The kinds of messages, each with the element that it was about."""
    found = {
        (str(one["id"] or _FACTS.sub("", one["text"])), _INDEX.sub("", one["at"] or "").rpartition(".")[2])
        for one in row["errors"]
    }
    return found or {("valid", re.sub(r"\d+", "", row["file"]))}


def ids_of(examples: Path) -> list[bytes]:
    """The ids of all resources in the examples."""
    found = [re.findall(rb'"id"\s*:\s*"([^"]+)"', path.read_bytes()) for path in examples.glob("*.json")]
    return [one for ids in found for one in ids]


def picked(examples: Path, folders: list[Path], whole: list[Path]) -> list[tuple[Path, dict[str, Any]]]:
    """The variants that have a kind of message that few before them had, small reports first; with ``whole`` all."""
    others = ids_of(examples)
    counts: Counter[tuple[str, str]] = Counter()
    found: list[tuple[Path, dict[str, Any]]] = list(rows(whole))
    for path, row in sorted(rows(folders), key=lambda one: one[0].stat().st_size // 4_000):
        own = kinds(row)
        is_wanted = (row["valid"] and bool(whole)) or any(counts[kind] < OF_EACH_KIND for kind in own)
        if is_wanted and not any(one in path.read_bytes() for one in others):
            counts.update(own)
            found.append((path, row))
    return sorted(found, key=lambda one: (one[0].stat().st_size // 1_000, str(one[0])))


def main(target: Path, examples: Path, folders: list[Path], whole: list[Path]) -> None:
    """Write the picked variants, a line each, packed."""
    lines: list[str] = []
    for path, row in picked(examples, folders, whole):
        errors = [{"id": one["id"], "at": one["at"]} for one in row["errors"]]
        text = path.read_bytes().decode("latin-1")
        name = f"{path.parent.name}-{path.name}"
        lines.append(json.dumps({"file": name, "text": text, "valid": row["valid"], "errors": errors}))
    data = "\n".join(lines).encode()
    target.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{len(lines)} cases, {len(data)} bytes, packed {target.stat().st_size}\n")


if __name__ == "__main__":
    words = sys.argv[3:]
    border = words.index("--whole") if "--whole" in words else len(words)
    main(Path(sys.argv[1]), Path(sys.argv[2]), list(map(Path, words[:border])), list(map(Path, words[border + 1 :])))
