"""How values, places and weights are told to people: in their language, in Danish time, with CPR numbers covered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ldbu_desktop.findings.model import Location, RuleSource, Severity
from ldbu_desktop.findings.text import place_text
from ldbu_desktop.journal.dates import age_text, clock_text, day_of, day_text, moment_text, month_text
from ldbu_desktop.journal.fields import CITIZEN_CPR, RESPONSE_QUESTIONNAIRE, VISIT_TYPE
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.mask import masked, without_cpr
from ldbu_desktop.journal.model import Acceptance, Citizen, Entry, Family, Moment, Origin, Visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.language import chosen, grouped, tr
from ldbu_desktop.rendering.people import citizen_name

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard

SEVERITIES: dict[Severity, Callable[[], str]] = {
    Severity.REJECTED: lambda: tr("Afvises"),
    Severity.MEND: lambda: tr("Skal rettes"),
    Severity.LOOK_AT: lambda: tr("Se efter"),
    Severity.INFO: lambda: tr("Til orientering"),
    Severity.NOT_CHECKED: lambda: tr("Ikke kontrolleret"),
}

SOURCES: dict[RuleSource, Callable[[], str]] = {
    RuleSource.GATEWAY: lambda: tr("Gatewayens regel: bruddet afvises"),
    RuleSource.GUIDE: lambda: tr("Vejledningens tabel over obligatoriske oplysninger"),
    RuleSource.STANDARD: lambda: tr("Standardens tekst"),
    RuleSource.QUESTIONNAIRE: lambda: tr("Spørgeskemaets egne grænser"),
    RuleSource.PLAUSIBILITY: lambda: tr("Rimelighed: det ligner en tastefejl"),
    RuleSource.FILE: lambda: tr("Filen som den er"),
    RuleSource.NOTE: lambda: tr("KL's notat om at rette fejl i KL Gateway"),
}


def severity_word(severity: Severity | None) -> str:
    """The word for a severity; for no finding with None."""
    return tr("Klar") if severity is None else SEVERITIES[severity]()


def day_words(day: date) -> str:
    """A day: ``7. juli 2020``."""
    return day_text(day, chosen())


def near_day_words(day: date, today: date) -> str:
    """A day, without its year where that is this one: ``7. juli``."""
    return day_text(day, chosen(), has_year=day_of(day).year != today.year)


def delivered_words(at: datetime | None, *, is_corrected: bool) -> str:
    """That a visit was delivered, on which day, and that it says something else by now; nothing where it was not."""
    if at is None:
        return ""
    if is_corrected:
        return tr("afleveret {day}, rettet siden: rettelsen er ikke afleveret", day=day_words(at))
    return tr("afleveret {day}", day=day_words(at))


def near_delivered_words(at: datetime | None, today: date, *, is_corrected: bool) -> str:
    """The same beside a mark that says the rest: ``7. juli``, ``rettet siden 7. juli``."""
    if at is None:
        return ""
    day = near_day_words(at, today)
    return tr("rettet siden {day}", day=day) if is_corrected else day


def month_words(month: str) -> str:
    """A month that is written as ``2020-07``: ``juli 2020``."""
    year, number = month.split("-")
    return f"{month_text(int(number), chosen())} {year}"


def moment_words(moment: Moment) -> str:
    """A day, or a point in time: ``7. juli 2020 kl. 12.45``."""
    return moment_text(moment, chosen())


def clock_words(moment: datetime) -> str:
    """A time of day by the clock in Denmark: ``12.45``."""
    return clock_text(moment, chosen())


def number_words(number: Decimal) -> str:
    """A number as it is written in the language in use; ``54.0`` keeps its decimal."""
    told = format(number, "f")
    return told.replace(".", tr(",")) if "." in told else told


def amount_words(number: Decimal, unit: str = "") -> str:
    """An amount, in its unit if it has one, with a gap at the thousands: ``5 250 g``. No line breaks within it."""
    whole, mark, decimals = number_words(number).partition(tr(","))
    thousands = f"{Decimal(whole):,}".replace(",", " ")
    return f"{thousands}{mark}{decimals} {unit}".strip().replace(" ", "\u00a0")


def count_words(number: int) -> str:
    """A count with a mark at the thousands."""
    return grouped(number, chosen())


def files_words(count: int) -> str:
    """How many files there are."""
    return tr("{count, plural, one {# fil} other {# filer}}", count=count)


def visits_words(number: int) -> str:
    """So many visits: ``1 kontakt``, ``214 kontakter``."""
    return tr("{count, plural, one {# kontakt} other {# kontakter}}", count=count_words(number))


def delivered_as_is_words(number: int) -> str:
    """So many visits have been delivered as they are now."""
    return tr(
        "{count, plural, one {# kontakt er afleveret, som den er.} other {# kontakter er afleveret, som de er.}}",
        count=count_words(number),
    )


def missing_words(number: int) -> str:
    """So much is missing of a family's record."""
    return tr("mangler {count, plural, one {# oplysning} other {# oplysninger}}", count=count_words(number))


def findings_words(number: int) -> str:
    """So many findings: ``1 fund``."""
    return tr("{count, plural, one {# fund} other {# fund}}", count=count_words(number))


def families_words(number: int) -> str:
    """So many families."""
    return tr("{count, plural, one {# familie} other {# familier}}", count=count_words(number))


def checked_words(done: int, total: int, *, goes_on: bool) -> str:
    """How many of the families are checked, while some are not."""
    counts = {"done": count_words(done), "families": families_words(total)}
    if goes_on:
        return tr("Kontrolleret indtil nu: {done} af {families}", **counts)
    return tr("Kontrolleret: {done} af {families}; resten er ikke kontrolleret", **counts)


def cpr_words(cpr: str, *, shown: bool) -> str:
    """A CPR number: covered but for the last four digits, or shown on purpose."""
    if not cpr:
        return tr("CPR mangler")
    if shown and len(cpr) == 10:
        return f"{cpr[:6]}-{cpr[6:]}"
    return cpr if shown else masked(cpr) if len(cpr) == 10 and cpr.isdigit() else "••••••"


def citizen_cpr(citizen: Citizen, *, shown: bool) -> str:
    """A citizen's CPR number as it may be shown."""
    return cpr_words(citizen.cpr.value or citizen.cpr.raw, shown=shown)


def shortened(text: str, letters: int) -> str:
    """A text in one line of so many letters at the most."""
    told = " ".join(text.split())
    return told if len(told) <= letters else told[: letters - 1] + "…"


def covered(text: str, *, shown: bool) -> str:
    """A text of the file with what may be a CPR number covered, if it is not shown on purpose."""
    return text if shown else without_cpr(text)


def citizen_in(family: Family, key: str | None) -> Citizen | None:
    """The citizen of a family, by key."""
    return next((citizen for citizen in family.citizens if citizen.key == key), None)


def visit_name(visit: Visit, standard: Standard) -> str:
    """A visit's type in words; what stands in the file where that is not known. It says so where it is withdrawn."""
    known = standard.visit_type_by_code.get(visit.type.value or "")
    raw = without_cpr(visit.type.raw) or tr("Kontakt uden type")
    name = known.label[chosen()] if known else raw
    return tr("Trukket tilbage: {visit}", visit=name) if visit.status.value == ENTERED_IN_ERROR else name


def visit_day(visit: Visit) -> str:
    """The day of a visit; what stands in the file where it can't be read."""
    return day_words(visit.start.value) if visit.start.value else without_cpr(visit.start.raw) or tr("uden dato")


def place_words(origin: Origin, column: int) -> str:
    """Where something stands in the file: ``Observationer!E12``, or the line of a JSON file."""
    return place_text(Location(origin, column), chosen())


def entry_words(entry: Entry[Any], definition: str, standard: Standard, family: Family | None, *, shown: bool) -> str:
    """A value as it was read, in words; what the file said where it could not be read."""
    value = entry.value
    if value is None:
        return covered(entry.raw, shown=shown)
    if isinstance(value, bool):
        return tr("Ja") if value else tr("Nej")
    if isinstance(value, Decimal):
        told = covered(entry.raw, shown=shown)  # nothing is measured that is written like a CPR number
        return number_words(value) if told == entry.raw else told
    if isinstance(value, date):
        return moment_words(value)
    return _word(str(value), definition, standard, family, shown=shown)


def _word(value: str, definition: str, standard: Standard, family: Family | None, *, shown: bool) -> str:
    variable = standard.variable.get(definition)
    if variable is None:
        return covered(value, shown=shown)
    if variable.id == CITIZEN_CPR:
        return cpr_words(value, shown=shown)
    if variable.id == VISIT_TYPE and value in standard.visit_type_by_code:
        return standard.visit_type_by_code[value].label[chosen()]
    if variable.id == RESPONSE_QUESTIONNAIRE and value in standard.questionnaire:
        return standard.questionnaire[value].label[chosen()]
    concept = standard.concepts(variable).get(value)
    if concept is not None:
        return concept.label[chosen()]
    if variable.kind == "reference" and family and (citizen := citizen_in(family, value)):
        return f"{citizen_name(citizen, family, shown=shown)}  {citizen_cpr(citizen, shown=shown)}"
    return covered(value, shown=shown)


def age_words(family: Family, visit: Visit) -> str:
    """How old the child was at the visit, roughly, as one says it: ``9 uger``. Empty where that is not known."""
    citizen = citizen_in(family, visit.subject.value)
    born = birth_date(citizen.cpr.value) if citizen and citizen.is_child and citizen.cpr.value else None
    start = visit.start.value
    if born is None or start is None:
        return ""
    days = (day_of(start) - born).days
    return age_text(days)[chosen()] if days >= 0 else ""


def visit_about(family: Family, visit: Visit, *, shown: bool) -> str:
    """Whom a visit was with, how old the child was, and when it was."""
    citizen = citizen_in(family, visit.subject.value)
    who: tuple[str, ...] = (tr("Ukendt borger"),)
    if citizen is not None:
        who = (citizen_name(citizen, family, shown=shown), citizen_cpr(citizen, shown=shown))
    when = moment_words(visit.start.value) if visit.start.value else visit_day(visit)
    return "  ·  ".join(filter(None, (*who, age_words(family, visit), when)))


def acceptance_words(acceptance: Acceptance) -> str:
    """By whom something was accepted, and when."""
    day = day_words(acceptance.at) if acceptance.at is not None else ""
    return " · ".join(filter(None, (without_cpr(acceptance.role), day)))
