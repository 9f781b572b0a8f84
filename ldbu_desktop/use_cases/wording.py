"""The wording of questionnaires: never ours, and read only from a package that the user holds the rights for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ldbu_desktop.faults import FileFault
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.official_package import read_package

Wording = Mapping[str, Mapping[str, str]]
"""The text of each question, by the questionnaire's id and by link id."""


def wording_of(path: Path, standard: Standard) -> Wording:
    """The wording that a package has of the questionnaires of ``standard``.

    Raises :class:`FileFault` where it can't be read or has none, and
    :class:`~ldbu_desktop.faults.CatalogueFault` where it is no package of FHIR R4.
    """
    known = {questionnaire.url: questionnaire.id for questionnaire in standard.questionnaires}
    found: dict[str, dict[str, str]] = {}
    for resource in read_package(path).by_type.get("Questionnaire", ()):
        texts = dict(_texts(resource.get("item")))
        if resource["url"] in known and texts:
            found[known[resource["url"]]] = texts
    if not found:
        raise FileFault("package-without-wording", file=path.name)
    return found


def _texts(items: Any) -> Iterator[tuple[str, str]]:
    """Link id and text of each question, with those within it."""
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, Mapping):
            continue
        link_id, text = item.get("linkId"), item.get("text")
        if isinstance(link_id, str) and isinstance(text, str):
            yield link_id, text
        yield from _texts(item.get("item"))
