"""The forms there are, ours and the user's own; which one is for a visit or an instrument; whether a file is a form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.forms.coverage import lacking
from ldbu_desktop.forms.library import CheckedForm, Forms
from ldbu_desktop.forms.loader import (
    Loaded,
    Read,
    forms_of_folder,
    read_folder,
    read_form,
    shipped_form_of,
    shipped_ids,
)
from ldbu_desktop.forms.model import Form
from ldbu_desktop.nearest import nearest
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


def forms_by_name(names: Sequence[str], standard: Standard) -> tuple[Form, ...]:
    """The forms that are named, by id or as files.

    Raises :class:`CallFault` for a name that is neither, with the nearest id that there is, and
    :class:`~ldbu_desktop.faults.FileFault` for a file that is no form.
    """
    shipped = shipped_ids(standard)
    found = []
    for name in names:
        if name in shipped:
            found.append(shipped_form_of(name, standard))
        elif _is_file(name):
            found.append(_form_of_file(Path(name), standard))
        else:
            proposed = nearest(name, dict.fromkeys(shipped)) or shipped[0]
            raise CallFault("form-unknown", form=name, nearest=proposed)
    return tuple(found)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # a name that is too long to be one
        return False


def _form_of_file(path: Path, standard: Standard) -> Form:
    read = read_form(path, standard)
    if read.form is None:
        raise read.faults[0]
    return read.form
