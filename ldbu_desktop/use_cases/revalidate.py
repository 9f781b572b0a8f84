"""After a change of a journal: what is found in the families that it concerns, judged again."""

from __future__ import annotations

from collections.abc import Collection, Container
from itertools import compress, zip_longest
from operator import attrgetter

from ldbu_desktop.findings.checks.scopes import journal_context
from ldbu_desktop.findings.run import judged_family
from ldbu_desktop.findings.summary import FamilyFindings, Findings, family_of_visit
from ldbu_desktop.journal.family_identity import cprs_of, families_with, grouped, same_identities
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.use_cases.report_verdicts import settled, verdicts_when_asked

_KEY = attrgetter("key")


def revalidated(
    findings: Findings, journal: Journal, families: Collection[str], now: tuple[Family, ...] | None = None
) -> Findings:
    """The findings of ``journal``, which differs from the one that ``findings`` are about in some families only.

    Those are judged again, by their keys, and those that share a CPR number with what one of them was or has become, or
    a report that was read. They may have come, or gone. ``now`` are those that there are, in the order of the journal:
    where that is not known a long one is looked through.
    """
    changed = frozenset(families)
    if now is None:
        now = _families_of(journal, changed)
    before = _families_judged(findings, {**dict.fromkeys(map(_KEY, now)), **dict.fromkeys(changed)})
    context, of_visit = findings.context, findings.family_of_visit
    affected = set(changed)
    if journal.reports:
        from ldbu_desktop.bundles.verdicts import visits_together

        together = visits_together(journal)
        sent_with = {key for family in before for visit in family.visits for key in together.get(visit.key, ())}
        affected |= {findings.family_of_visit[key] for key in sent_with if key in findings.family_of_visit}
    if not same_identities(before, now):
        context, of_visit = journal_context(journal), family_of_visit(journal)
        repeated = findings.context.repeated_cprs | context.repeated_cprs
        affected |= families_with(journal, repeated & (cprs_of(before) | cprs_of(now)))
    verdicts = verdicts_when_asked(journal, findings.rules.standard)
    judged = {}
    for key, of_key in grouped(affected, now if affected == changed else _families_of(journal, affected)).items():
        known = findings.by_family[key].judged if context is findings.context and key in findings.by_family else ()
        judged[key] = FamilyFindings(
            tuple(
                settled(judged_family(family, context, findings.rules, findings.today, earlier), verdicts)
                for family, earlier in zip_longest(of_key, known)
                if family is not None
            )
        )
    return findings.with_families(journal, context, judged, of_visit)


def _families_of(journal: Journal, keys: Container[str]) -> tuple[Family, ...]:
    return tuple(compress(journal.families, map(keys.__contains__, map(_KEY, journal.families))))


def _families_judged(findings: Findings, keys: Collection[str]) -> tuple[Family, ...]:
    """The families of ``keys`` that findings are about: what was judged has them, a long journal is looked through."""
    if not findings.unchecked.isdisjoint(keys):
        return _families_of(findings.journal, keys)
    judged = (findings.by_family[key].judged for key in keys if key in findings.by_family)
    return tuple(each.family for of_key in judged for each in of_key)
