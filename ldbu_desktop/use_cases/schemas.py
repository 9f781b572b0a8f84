"""The published JSON schemas: of what commands answer to machines, and of the files that it reads or writes."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.bundled_files import resource, shipped_form


def schemas() -> dict[str, Path]:
    """The schemas by name.

    An answer's begins with its command, whose action or option may follow; that of a line of jsonl ends in ``-line``,
    and that of a file in ``-file``. An earlier answer that is given as a baseline is as it was answered.
    """
    answers = {path.stem: path for path in sorted(resource("schemas").glob("*.json"))}
    files = {
        **{f"{path.stem}-file": path for path in sorted(resource("schemas", "files").glob("*.json"))},
        "case-file": resource("training", "schema.json"),
        "form-file": shipped_form("schema.json"),
        "map-file": resource("mapping", "map_schema.json"),
    }
    return {**answers, **files}


def schema(name: str) -> str:
    """The text of a schema."""
    return schemas()[name].read_text(encoding="utf-8")
