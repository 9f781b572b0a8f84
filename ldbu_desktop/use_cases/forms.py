"""The forms there are, ours and the user's own; which one is for a visit or an instrument; whether a file is a form."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.coverage import lacking
from ldbu_desktop.forms.library import CheckedForm, Forms
from ldbu_desktop.forms.loader import (
    Loaded,
    Read,
    forms_of_folder,
    read_folder,
    read_form,
)
from ldbu_desktop.standard.model import Standard


def forms(folder: Path | None, standard: Standard) -> Forms:
    """Our forms and those of ``folder``. Raises :class:`FileFault` for a folder that can't be read."""
    loaded = forms_of_folder(folder, standard) if folder is not None else Loaded(())
    return Forms(standard, loaded.forms, loaded.faults)


def check_forms(path: Path, standard: Standard) -> tuple[CheckedForm, ...]:
    """Check a form file, or every form file of a folder.

    Raises :class:`FileFault` for a file or folder that can't be read, and for a folder without form files.
    """
    if not path.is_dir():
        return (_checked(path.name, read_form(path, standard), standard),)
    found = read_folder(path, standard)
    if not found:
        raise FileFault("form-folder-empty", file=path.name)
    return tuple(_checked(file, read, standard) for file, read in found.items())


def _checked(file: str, read: Read, standard: Standard) -> CheckedForm:
    lacks = lacking(read.form, standard) if read.form is not None else ()
    return CheckedForm(file, read.form, read.faults, lacks)
