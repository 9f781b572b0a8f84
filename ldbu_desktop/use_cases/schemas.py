"""The published JSON schemas: of what commands answer to machines, and of the files that people write for us."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.bundled_files import resource, shipped_form


def schemas() -> dict[str, Path]:
    """The schemas by name: a command's answer has the command's name, a file's ends in ``-file``."""
    answers = {path.stem: path for path in sorted(resource("schemas").glob("*.json"))}
    files = {
        "case-file": resource("training", "schema.json"),
        "form-file": shipped_form("schema.json"),
        "map-file": resource("mapping", "map_schema.json"),
    }
    return {**answers, **files}


def schema(name: str) -> str:
    """The text of a schema."""
    return schemas()[name].read_text(encoding="utf-8")
