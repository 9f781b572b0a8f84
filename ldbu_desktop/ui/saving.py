"""Where a file is to be saved, asked in one way: kinds by their endings, a name proposed, the ending always there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget


class FileKind(NamedTuple):
    """A kind of file that can be chosen: what it is called, how its files end, and a key for who asks."""

    words: Callable[[], str]
    ending: str
    key: str = ""

    @property
    def filter(self) -> str:
        """How it stands in the dialog."""
        return f"{self.words()} (*{self.ending})"


def ask_where(
    parent: QWidget, title: str, proposed: str | Path, kinds: Sequence[FileKind]
) -> tuple[Path, FileKind] | None:
    """Ask where to save, and as which kind; None where the user changed their mind.

    ``proposed`` is a name without personal data. An ending that is typed chooses the kind that has it, if the kind that
    was chosen has another; where no kind has it, that of the chosen kind is added.
    """
    from PySide6.QtWidgets import QFileDialog

    name, chosen = QFileDialog.getSaveFileName(
        parent, title, str(proposed), ";;".join(kind.filter for kind in kinds), kinds[0].filter
    )
    if not name:
        return None
    path = Path(name)
    kind = next((kind for kind in kinds if kind.filter == chosen), kinds[0])
    ending = path.suffix.lower()
    if ending != kind.ending:
        other = next((one for one in kinds if one.ending == ending), None)
        if other is None:
            return path.with_name(f"{path.name}{kind.ending}"), kind
        kind = other
    return path, kind
