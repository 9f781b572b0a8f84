"""The forms that ship and a user's own: read from YAML files, with file and line for all that does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bundled_files import shipped_form as shipped_file
from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.field_defaults import catalogued
from ldbu_desktop.forms.form_checks import Fitting
from ldbu_desktop.forms.model import Form
from ldbu_desktop.forms.reading import MOST_FAULTS, Reader
from ldbu_desktop.forms.yaml_tree import yaml_tree
from ldbu_desktop.standard.model import Standard

FORM_BYTES = 256 * 1024
"""The largest form file: twenty times the largest of ours."""

FORMS_IN_FOLDER = 200
"""The most form files of a folder; a folder with more is another folder."""

FIELDS = 500
"""The most fields of a form: ten times what any of ours has."""

ENDINGS = (".yaml", ".yml")

_KEPT = 128
"""Forms of ours that are kept as they were read: those of several standards."""


class Read(NamedTuple):
    """A form file as it was read: the form, or what does not fit in it, in the order of its lines."""

    form: Form | None
    faults: tuple[FileFault, ...] = ()


class Loaded(NamedTuple):
    """The forms of a folder, and what does not fit in the files that gave none."""

    forms: tuple[Form, ...]
    faults: tuple[FileFault, ...] = ()


@lru_cache(maxsize=_KEPT)
def shipped_form_of(id: str, standard: Standard) -> Form:
    """Our form for a visit type or a questionnaire of ``standard``, read once for each standard.

    Raises :class:`FileFault` where there is none, and where ours does not fit this standard.
    """
    read = read_form(shipped_file(f"{id}.yaml"), standard)
    if read.form is None:
        raise read.faults[0]
    return read.form


def shipped_forms(standard: Standard) -> Loaded:
    """All our forms: of the visit types and then of the questionnaires, in the catalogue's order.

    Those that do not fit this standard, as another release may lack what they ask for, are told in ``faults``.
    """
    forms, faults = list[Form](), list[FileFault]()
    for id in shipped_ids(standard):
        try:
            forms.append(shipped_form_of(id, standard))
        except FileFault as fault:
            faults.append(fault)
    return Loaded(tuple(forms), tuple(faults))


def shipped_ids(standard: Standard) -> tuple[str, ...]:
    """The ids of our forms: each is that of the visit type or the questionnaire that the form is for.

    What only another standard has may have no form of ours; a folder of the user's can have one.
    """
    wanted = *(each.id for each in standard.visit_types), *(each.id for each in standard.questionnaires)
    return tuple(id for id in wanted if shipped_file(f"{id}.yaml").is_file())


def forms_of_folder(folder: Path, standard: Standard) -> Loaded:
    """The user's own forms, by the names of their files. A form with the id of one of ours stands in for it.

    Raises :class:`FileFault` for a folder that can't be read; what is wrong in its files is told in ``faults``.
    """
    found = read_folder(folder, standard)
    forms = tuple(replace(read.form, is_own=True) for read in found.values() if read.form is not None)
    return Loaded(forms, tuple(fault for read in found.values() for fault in read.faults))


def read_folder(folder: Path, standard: Standard) -> dict[str, Read]:
    """The form files of a folder as they were read, by name. Of two forms with the same id the first is taken."""
    found: dict[str, Read] = {}
    taken: dict[str, str] = {}
    for path in form_files(folder):
        try:
            read = read_form(path, standard)
        except FileFault as fault:
            read = Read(None, (fault,))
        if read.form is not None:
            first = taken.setdefault(read.form.id, path.name)
            if first != path.name:
                read = Read(None, (FileFault("form-twice", file=path.name, id=read.form.id, other=first),))
        found[path.name] = read
    return found


def form_files(folder: Path) -> tuple[Path, ...]:
    """The form files of a folder by name, those in its own folders and hidden ones left out.

    A link to a file that is gone is among them: that it can't be read is to be told.
    """
    try:
        found = sorted(each for each in folder.iterdir() if _is_form_file(each))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileFault("form-folder-not-found", file=folder.name) from error
    except OSError as error:
        raise FileFault("file-not-readable", file=folder.name) from error
    if len(found) > FORMS_IN_FOLDER:
        raise FileFault("form-folder-too-large", file=folder.name, limit=FORMS_IN_FOLDER)
    return tuple(found)


def _is_form_file(path: Path) -> bool:
    is_file = path.is_file() or (path.is_symlink() and not path.exists())
    return path.suffix.lower() in ENDINGS and not path.name.startswith(".") and is_file


def read_form(path: Path, standard: Standard) -> Read:
    """A form file. Raises :class:`FileFault` where it can't be read at all; other faults are told in ``faults``."""
    return form_of(_contents(path), path.name, standard)


def form_of(data: bytes, file: str, standard: Standard) -> Read:
    """The form that a file called ``file`` holds."""
    if len(data) > FORM_BYTES:
        return Read(None, (FileFault("form-too-large", file=file, limit=FORM_BYTES // 1024),))
    try:
        top = yaml_tree(data, file)
    except FileFault as fault:
        return Read(None, (fault,))
    reader = Reader(file)
    form = reader.form(top)
    if form is None:
        return Read(None, _by_line(iter(reader.faults)))
    if len(form.fields) > FIELDS:
        return Read(None, (FileFault("form-too-many-fields", file=file, limit=FIELDS),))
    form = replace(catalogued(form, standard), source=file)
    faults = _by_line(islice(Fitting(form, top, file, standard).faults(), MOST_FAULTS))
    return Read(None, faults) if faults else Read(form)


def _by_line(faults: Iterator[FileFault]) -> tuple[FileFault, ...]:
    return tuple(sorted(faults, key=lambda fault: int(str(fault.facts["line"]))))


def _contents(path: Path) -> bytes:
    """The bytes of a file, up to one more than a form may have."""
    if not path.is_file():
        raise FileFault("file-not-found", file=path.name)
    try:
        with path.open("rb") as file:
            return file.read(FORM_BYTES + 1)
    except OSError as error:
        raise FileFault("file-not-readable", file=path.name) from error
