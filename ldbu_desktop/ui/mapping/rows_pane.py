"""The pane below: how the table is laid out, and its first rows, as the file has them and as they are read."""

from __future__ import annotations

from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.widgets import Pane
from ldbu_desktop.ui.mapping.desk import MappingDesk
from ldbu_desktop.ui.retranslation import Retranslation


class RowsPane(Pane):
    """Changing a figure shows at once how the first rows read then."""

    def __init__(self, desk: MappingDesk, live: Retranslation) -> None:
        super().__init__()
        self._desk = desk
        live.name(self, lambda: tr("De første rækker"))
