"""The colour of who asks for what the time goes to."""

from __future__ import annotations

from ldbu_desktop.burden.model import Need

NEED_COLOURS: dict[Need, str] = {
    Need.REQUIRED: "accent",
    Need.GUIDE: "info",
    Need.OPTIONAL: "edge",
    Need.AVOIDABLE: "check",
}
"""The colour of each need, by its name in :class:`~ldbu_desktop.ui.theme.Colours`."""
