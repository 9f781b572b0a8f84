"""A case that somebody wrote, put into a site's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.writing import part_text
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.loader import case_in
from ldbu_desktop.training.mending import GOOD
from ldbu_desktop.training.model import Case
from ldbu_desktop.whole_files import is_there, write_whole

_MOST_OF_A_NAME = 1000
TOLD_BY_THE_STORY = Text("Det står i historien.", "The story tells it.")
"""Why an answer is as it is, where whoever wrote the case says nothing else."""


class WrittenCase(NamedTuple):
    """A case that was written by hand: the file, or what does not fit in it, so that nothing is written."""

    path: Path | None
    faults: tuple[FileFault, ...] = ()


def write_case(case: Case, folder: Path, standard: Standard, instead_of: str = "") -> WrittenCase:
    """Write a case to a site's own folder, if what is written fits. Raises :class:`OutputFault` where it can't be.

    It takes the place of the one with the id ``instead_of``. Another that has its name stays: then it gets a number.
    What is said in Danish only is said so in English too, and an answer without a why is told by the story.
    """
    case = replace(case, id=_free_id(case.id, folder, instead_of))
    path = folder / f"{case.id}.yaml"
    if not case.visits:
        return WrittenCase(None, (FileFault("case-without-key", file=path.name),))
    case = _with_words(case)
    if missing := tuple(_missing(case, path.name)):
        return WrittenCase(None, missing)
    data = part_text(case).encode()
    read, faults = case_in(data, path.name, standard)
    if read is None:
        return WrittenCase(None, faults)
    unclear = [one for one in compared(read, journal_of(read, standard, Part.ALL), standard) if one.outcome not in GOOD]
    if unclear:
        return WrittenCase(None, (FileFault("case-key-unclear", file=path.name, found=unclear[0].asked),))
    write_whole(path, lambda aside: aside.write_bytes(data))
    return WrittenCase(path)


def _with_words(case: Case) -> Case:
    """The case whose texts are there in both languages."""
    visits = tuple(
        replace(
            visit,
            why=_both(visit.why) if visit.why is not None else None,
            key=tuple(replace(answer, why=_both(answer.why, TOLD_BY_THE_STORY)) for answer in visit.key),
        )
        for visit in case.visits
    )
    return replace(case, title=_both(case.title), trains=_both(case.trains), story=_both(case.story), visits=visits)


def _both(text: Text, otherwise: Text | None = None) -> Text:
    """A text whose empty language says what the other does; ``otherwise`` where both are empty."""
    da, en = (one if one.strip() else "" for one in (text.da, text.en))
    return Text(da or en, en or da) if da or en or otherwise is None else otherwise


def _missing(case: Case, file: str) -> Iterator[FileFault]:
    """What somebody has to write before a case can be used."""
    for key, text in (("title", case.title), ("trains", case.trains), ("story", case.story)):
        if not text.da:
            yield FileFault(f"case-{key}-missing", file=file)
    if not all(person.name.strip() and person.cpr.strip() for person in case.people):
        yield FileFault("case-person-unfinished", file=file)


def _free_id(id: str, folder: Path, instead_of: str) -> str:
    """The id itself where no other case of the folder has it; else with the first number that is free."""
    ids = (id, *(f"{id}-{number}" for number in range(2, _MOST_OF_A_NAME)))
    return next((one for one in ids if one == instead_of or not is_there(folder / f"{one}.yaml")), instead_of or id)
