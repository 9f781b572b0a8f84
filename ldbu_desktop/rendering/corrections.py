"""What was mended, in words: a mending, and the journal of changes as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from ldbu_desktop.editing.mending import Mend, written
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Finding, Location
from ldbu_desktop.findings.text import place_text, rendered
from ldbu_desktop.journal.dates import moment_text
from ldbu_desktop.journal.fields import ANSWER_VALUE, OBSERVATION_MISSING_REASON
from ldbu_desktop.journal.mask import without_person
from ldbu_desktop.journal.mendings import CHILD, DECIMALS, PARENT, THOUSANDS, Mending
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.tables import DataTable
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.workspace.steps import Correction

MENDINGS: dict[Mending, Callable[[], str]] = {
    Mending.VALUE: lambda: tr("Skriv en anden værdi"),
    Mending.CODE: lambda: tr("Vælg et af standardens svar"),
    Mending.VISIT_TYPE: lambda: tr("Vælg en anden kontakttype"),
    Mending.MISSING_REASON: lambda: tr("Skriv, hvorfor værdien mangler"),
    Mending.SUBJECT: lambda: tr("Lad det gælde en anden borger"),
    Mending.UNIT: lambda: tr("Samme tal i en anden enhed"),
    Mending.FACTOR: lambda: tr("Gang eller dividér tallet"),
    Mending.DECIMAL_SIGN: lambda: tr("Afgør, hvad komma og punktum betyder"),
    Mending.DATE_FORM: lambda: tr("Læs datoen i en anden rækkefølge"),
    Mending.CPR_ZERO: lambda: tr("Sæt det tabte nul foran CPR-nummeret"),
    Mending.TRIM: lambda: tr("Fjern det, der står rundt om værdien"),
    Mending.EMPTY: lambda: tr("Fjern værdien"),
}
"""What each mending does, in words."""


def choice_words(how: Mend, standard: Standard) -> str:
    """What was chosen for a mending, in words; nothing where nothing is chosen, or each finding tells its own."""
    told = {
        CHILD: tr("barnet"),
        PARENT: tr("forælderen"),
        THOUSANDS: tr("tusinder"),
        DECIMALS: tr("decimaler"),
        DateForm.DAY_FIRST.value: tr("dag, måned, år"),
        DateForm.MONTH_FIRST.value: tr("måned, dag, år"),
        DateForm.YEAR_FIRST.value: tr("år, måned, dag"),
        DateForm.YEAR_DAY_MONTH.value: tr("år, dag, måned"),
        DateForm.SERIAL.value: tr("regnearkets dagnummer"),
    }
    if how.by is Mending.FACTOR and how.choice:
        factor = Decimal(how.choice)
        return f"× {written(factor)}" if abs(factor) >= 1 else f"÷ {written(1 / factor)}"
    if how.by is Mending.VISIT_TYPE and how.choice in standard.visit_type_by_code:
        return standard.visit_type_by_code[how.choice].label[chosen()]
    return told.get(how.choice, how.choice)


def choice_label(by: Mending, choice: str, name: str, standard: Standard) -> str:
    """What can be chosen for the value of ``name``, in words: a code by its term."""
    known = standard.variable.get(OBSERVATION_MISSING_REASON if by is Mending.MISSING_REASON else name)
    concept = standard.concepts(known).get(choice) if known is not None else None
    return concept.label[chosen()] if concept is not None else choice_words(Mend(by, choice), standard)


def mend_words(how: Mend, standard: Standard) -> str:
    """A mending with what was chosen for it."""
    choice = choice_words(how, standard)
    return f"{MENDINGS[how.by]()}: {choice}" if choice else MENDINGS[how.by]()


def name_words(name: str, standard: Standard) -> str:
    """What a variable or a part of a record is called."""
    known = standard.variable.get(name)
    if known is not None:
        return known.label[chosen()]
    return {"observation.variable": tr("Variabel"), ANSWER_VALUE: tr("Svar")}.get(name, name)


def corrections_table(
    corrections: Iterable[Correction], standard: Standard, elsewhere: Iterable[Correction] = ()
) -> DataTable:
    """The journal of changes: where, what stood there, what stands there now, how, why and when.

    Those in ``elsewhere`` stand in no cell of a file. CPR numbers are masked.
    """
    headings = (
        tr("Fil"), tr("Sted"), tr("Kontakt"), tr("Oplysning"), tr("I filen"), tr("Rettet til"), tr("Hvordan"),
        tr("Hvorfor"), tr("Hvornår"), tr("I kopien"),
    )  # fmt: skip
    no_cell = {id(one) for one in elsewhere}
    rows = tuple(_row(one, standard, is_in_cell=id(one) not in no_cell) for one in corrections)
    return DataTable(tr("Rettelser"), headings, rows)


def findings_table(findings: Iterable[Finding], standard: Standard) -> DataTable:
    """What is found in a file that can't have comments: where, and what to do."""
    rows = []
    for finding in findings:
        words = rendered(finding, chosen(), standard)
        rows.append((words.place, words.title, words.message, words.remedy))
    return DataTable(tr("Fund"), (tr("Sted"), tr("Fund"), tr("Hvad"), tr("Gør")), tuple(rows))


def beside(copy: Path) -> Path:
    """Where the journal of changes lies of a copy that can't hold it."""
    return copy.with_name(f"{copy.stem}-{tr('rettelser')}.xlsx")


LOST: dict[str, Callable[[], str]] = {
    "charts": lambda: tr("diagrammer"),
    "drawings": lambda: tr("tegninger"),
    "media": lambda: tr("billeder"),
    "vbaProject.bin": lambda: tr("makroer"),
    "externalLinks": lambda: tr("forbindelser til andre filer"),
    "pivotTables": lambda: tr("pivottabeller"),
    "slicers": lambda: tr("udsnitsværktøjer"),
}
"""What people call the parts of a workbook that a copy may lack, by their folders."""


def copy_lines(
    written: Iterable[Path], changed: int, elsewhere: Iterable[Correction], lost: Iterable[str], standard: Standard
) -> Iterator[str]:
    """What a corrected copy has and what it has not."""
    for path in written:
        yield tr("Skrevet: {file}", file=path)
    yield tr("{changed, plural, one {# celle er rettet} other {# celler er rettet}} i kopien.", changed=changed)
    for one in elsewhere:
        change = one.change
        place = place_text(Location(change.origin, change.column), chosen())
        name = name_words(change.name, standard)
        yield tr("Ikke i kopien, da filen ingen celle har til det: {name} ved {place}.", name=name, place=place)
    if names := [LOST[folder]() if folder in LOST else folder for folder in lost]:
        yield tr("Kopien har ikke filens {parts}. Filen selv er urørt.", parts=", ".join(names))


def _row(correction: Correction, standard: Standard, *, is_in_cell: bool) -> tuple[str, ...]:
    change, step = correction.change, correction.step
    why = finding_types()[step.code].title[chosen()] if step.code else ""
    how = mend_words(step.how, standard) if step.how is not None else tr("skrevet på stedet")
    return (
        without_person(change.origin.file),
        place_text(Location(change.origin, change.column), chosen()),
        without_person(change.where.visit),
        name_words(change.name, standard),
        without_person(change.before.raw) or tr("(stod der ikke)"),
        without_person(change.after.raw) or tr("(fjernet)"),
        how,
        why,
        moment_text(step.at, chosen()),
        tr("rettet") if is_in_cell else tr("har ingen celle i filen: skriv det i journalen"),
    )
