"""Which files a dialog offers, in the language in use: what the program reads, by its endings."""

from __future__ import annotations

from ldbu_desktop.casefile import ENDING
from ldbu_desktop.language import tr

_TABLES = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt")
_REPORTS = ("json", "ndjson", "zip")
MAP_ENDING = ".ldbumap"
_MAPS = (MAP_ENDING.removeprefix("."),)
_CASES = (ENDING.removeprefix("."),)


def _patterns(*endings: str) -> str:
    return " ".join(f"*.{ending}" for ending in endings)


def whatever_opens() -> str:
    """Everything that can be opened first, then each kind for itself."""
    everything = tr("Alt, der kan åbnes ({endings})", endings=_patterns(*_TABLES, *_REPORTS, *_CASES, *_MAPS))
    exports = tr("Journaleksport ({endings})", endings=_patterns(*_TABLES))
    return ";;".join((everything, exports, _reports(), cases(), maps(), tr("Alle filer (*)")))


def _reports() -> str:
    return tr("Afleveringsrapporter ({endings})", endings=_patterns(*_REPORTS))


def reports() -> str:
    """Delivery reports, or any file."""
    return ";;".join((_reports(), tr("Alle filer (*)")))


def exports_as(ending: str) -> str:
    """Exports of one kind, by its ending, which the copy of one keeps."""
    return tr("Journaleksport ({endings})", endings=_patterns(ending.removeprefix(".")))


def cases() -> str:
    """Case files."""
    return tr("Sagsfiler ({endings})", endings=_patterns(*_CASES))


def maps() -> str:
    """Maps of journals' exports."""
    return tr("Gemte kort ({endings})", endings=_patterns(*_MAPS))
