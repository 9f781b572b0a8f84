"""How columns, values and what they are read as are told to people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON, OBSERVATION_SUBJECT
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import Language, chosen, quoted, tr
from ldbu_desktop.mapping.links import (
    ContentKind,
    State,
    Subject,
    Target,
    ValueLink,
)
from ldbu_desktop.rendering.proposal import BOOLEANS, OBSERVED, ORDERS, evidence_words, variable_words, with_part
from ldbu_desktop.rendering.words import count_words, number_words

if TYPE_CHECKING:
    from ldbu_desktop.mapping.links import ColumnLink, Evidence, Link, Profile, TableLink
    from ldbu_desktop.standard.model import Standard

SUBJECTS: dict[Subject, Callable[[], str]] = {
    Subject.CHILD: lambda: tr("barnet"),
    Subject.PARENT: lambda: tr("en forælder"),
    Subject.PARENT_1: lambda: tr("mor eller forælder 1"),
    Subject.PARENT_2: lambda: tr("far eller forælder 2"),
}

KINDS: dict[ContentKind, Callable[[], str]] = {
    ContentKind.EMPTY: lambda: tr("tom"),
    ContentKind.CPR: lambda: tr("CPR-numre"),
    ContentKind.DATE: lambda: tr("datoer"),
    ContentKind.TIME: lambda: tr("klokkeslæt"),
    ContentKind.NUMBER: lambda: tr("tal"),
    ContentKind.CODE: lambda: tr("faste svar"),
    ContentKind.KEY: lambda: tr("nøgler"),
    ContentKind.TEXT: lambda: tr("tekst"),
}
"""What stands in a column."""


class Mark(NamedTuple):
    """How a state is told: its word, its icon and the name of its colour."""

    word: Callable[[], str]
    icon: str
    ink: str


MARKS: dict[State, Mark] = {
    State.KNOWN: Mark(lambda: tr("Kendt"), "clear", "clear"),
    State.SURE: Mark(lambda: tr("Sikker"), "clear", "clear"),
    State.PROPOSED: Mark(lambda: tr("Foreslået"), "help", "check"),
    State.UNMAPPED: Mark(lambda: tr("Ikke koblet"), "not-checked", "rejected"),
    State.LEFT_OUT: Mark(lambda: tr("Udeladt"), "missing", "muted"),
}

APPROVED = Mark(lambda: tr("Godkendt"), "clear", "accent")
"""What the user has said yes to, or chosen."""


MISSING = Mark(lambda: tr("Mangler"), "check", "check")
"""What is to be set for a whole table."""


TO_CHOOSE = Mark(lambda: tr("Skal vælges"), "help", "check")
"""What the standard tells apart and the file does not."""


def mark_words() -> Iterator[str]:
    """The word of each mark."""
    return (mark.word() for mark in (*MARKS.values(), APPROVED, MISSING, TO_CHOOSE))


def link_mark(link: Link) -> Mark:
    """How certain a link is, or that the user has said yes to it."""
    if link.state is State.PROPOSED and not has_meaning(link):
        return TO_CHOOSE
    return APPROVED if link.state is State.KNOWN and link.approval is not None else MARKS[link.state]


def has_meaning(link: Link) -> bool:
    """Whether a link says what its column or text is, read or not."""
    return link.has_meaning if isinstance(link, ValueLink) else link.target is not None


def name_words(variable: str, standard: Standard, language: Language | None = None) -> str:
    """What a link's variable is called, in the language in use if not in another; its id where there is no such one."""
    return variable_words(variable, standard, language or chosen())


def target_words(target: Target, standard: Standard) -> str:
    """What a column is read as: ``Vægt``, ``Ernæring: begyndelse``."""
    return with_part(name_words(target.variable, standard), target, standard)


def about_words(target: Target, standard: Standard) -> str:
    """Whom and which visit it is about, and in which unit: ``barnet · Etableringsbesøg · kg``."""
    known = standard.visit_type_by_code.get(target.visit or "")
    visit = known.label[chosen()] if known is not None else target.visit
    subject = SUBJECTS[target.subject]() if target.subject is not None else ""
    order = ORDERS[target.order]() if target.order is not None else ""
    return " · ".join(filter(None, (subject, visit, target.unit, order)))


def code_words(link: ValueLink, standard: Standard) -> str:
    """What a value is read as: the term of its code, or why there is no value; nothing where nothing is known."""
    if link.missing is not None:
        return tr("Mangler: {reason}", reason=coded_words(link.missing, OBSERVATION_MISSING_REASON, standard))
    return coded_words(link.code, link.variable, standard) if link.code is not None else ""


def coded_words(code: str, variable: str, standard: Standard, language: Language | None = None) -> str:
    """A code of a variable in words; the code itself where it has none."""
    if variable in OBSERVED:
        return name_words(code, standard, language)
    if code in BOOLEANS:
        return BOOLEANS[code]()
    if variable == OBSERVATION_SUBJECT and code in SUBJECTS:
        return SUBJECTS[Subject(code)]()
    known = standard.variable.get(variable)
    concept = standard.concepts(known).get(code) if known is not None else None
    return concept.label[language or chosen()] if concept is not None else code


def header_words(link: ColumnLink) -> str:
    """A column's header, or that it has none."""
    return without_cpr(link.header) or tr("Uden overskrift")


def table_words(table: TableLink) -> str:
    """A table: its sheet, and the file where that is called otherwise."""
    file, sheet = without_cpr(table.file), without_cpr(table.sheet)
    stem = file.rpartition(".")[0] or file
    return sheet or file if sheet in ("", stem) else f"{file} · {sheet}"


def rows_words(number: int) -> str:
    """So many rows."""
    return tr("{count, plural, one {# række} other {# rækker}}", count=count_words(number))


def cells_words(number: int) -> str:
    """So many cells."""
    return tr("{count, plural, one {# celle} other {# celler}}", count=count_words(number))


def profile_words(link: ColumnLink) -> str:
    """What stands in a column, in short: ``tal 2,9–14,2 · udfyldt: 412 · 96 forskellige``."""
    profile = link.profile
    if profile is None or profile.kind is ContentKind.EMPTY:
        return KINDS[profile.kind]() if profile is not None else ""
    filled = tr("udfyldt: {count}", count=count_words(profile.filled))
    return " · ".join((_kind_words(profile), filled, _distinct_words(profile)))


def profile_lines(link: ColumnLink, rows: int) -> Iterator[str]:
    """What stands in a column of so many rows, in full: its kind, how it is written, how much, what says nothing."""
    profile = link.profile
    if profile is None:
        return
    unit = tr("i {unit}", unit=profile.unit) if profile.unit else ""
    yield " ".join(filter(None, (_kind_words(profile), unit)))
    if profile.mark:
        yield tr("decimaltegn: {sign}", sign=profile.mark)
    if profile.order:
        yield tr("datoer skrevet som {form}", form=ORDERS[profile.order]())
    share = round(100 * profile.filled / rows) if rows else 0
    yield tr("udfyldt: {count} af {rows} ({share} %)", count=count_words(profile.filled), rows=rows, share=share)
    if profile.filled:
        yield _distinct_words(profile)
    if profile.missing:
        yield tr("siger, at der ingen værdi er: {texts}", texts=", ".join(quoted(text) for text in profile.missing))


def _kind_words(profile: Profile) -> str:
    kind = KINDS[profile.kind]()
    if profile.low is None or profile.high is None:
        return kind
    return f"{kind} {number_words(profile.low)}–{number_words(profile.high)}"


def _distinct_words(profile: Profile) -> str:
    if profile.is_cut:
        return tr("forskellige: flere end {count}", count=count_words(profile.distinct))
    return tr("{count, plural, one {# forskellig} other {# forskellige}}", count=count_words(profile.distinct))


def why_words(evidence: Evidence, standard: Standard) -> str:
    """Why a column or a text is taken for something, or is not, in the language in use."""
    return evidence_words(evidence, standard, chosen())
