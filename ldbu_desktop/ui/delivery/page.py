"""Placeholder until the export lands."""

from PySide6.QtWidgets import QWidget


class DeliveryPage(QWidget):
    def __init__(self, session, live):
        super().__init__()
