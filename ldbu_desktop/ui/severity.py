"""How a severity looks: its icon, and its colour by its name in :class:`~ldbu_desktop.ui.theme.Colours`."""

from __future__ import annotations

from ldbu_desktop.findings.model import Severity


def icon_of(severity: Severity | None) -> str:
    """The icon, and the colour's name with it, of a severity; of no finding for None."""
    return {None: "clear", Severity.MEND: "rejected"}.get(severity) or str(severity)


def colour_of(severity: Severity | None) -> str:
    """The name of a severity's colour; of no finding for None."""
    return {None: "clear", Severity.MEND: "rejected", Severity.NOT_CHECKED: "info"}.get(severity) or str(severity)
