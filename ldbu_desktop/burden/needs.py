"""Who asks for a field: the gateway, the guide's table or nobody. Read from the catalogue and never from a form."""

from __future__ import annotations

from collections.abc import Iterable

from ldbu_desktop.burden.model import Need
from ldbu_desktop.standard.model import GatewayRule, Standard


class Needs:
    """Who asks for what at visits of some types."""

    def __init__(self, standard: Standard, visit_types: tuple[str, ...]) -> None:
        codes = {each.code for each in standard.visit_types if each.id in visit_types}
        self._standard = standard
        self.rules = tuple(rule for rule in standard.gateway_rules if not codes.isdisjoint(rule.visits))
        guide = (standard.guide_variables.get(each, ()) for each in visit_types)
        self.guide = tuple(dict.fromkeys(variable for variables in guide for variable in variables))
        self._required = frozenset(code for rule in self.rules for code in rule.codes)

    def of(self, variable_id: str) -> Need:
        """Who asks for a variable: the gateway where a rule tests one of its codes or its profile demands it."""
        variable = self._standard.variable.get(variable_id)
        if variable is None:
            return Need.OPTIONAL
        if variable.record != "observation":
            return Need.REQUIRED if variable.min > 0 else Need.OPTIONAL
        # What a rule is meant for and what it tests differ: the rule for motor function tests the code of sleep.
        if not self._standard.observation_codes(variable).isdisjoint(self._required):
            return Need.REQUIRED
        return Need.GUIDE if variable_id in self.guide else Need.OPTIONAL

    def unmet_rules(self, variables: Iterable[str]) -> tuple[GatewayRule, ...]:
        """The gateway's rules that no observation of ``variables`` meets."""
        known = self._standard.variable
        codes = {code for each in variables if each in known for code in self._standard.observation_codes(known[each])}
        return tuple(rule for rule in self.rules if codes.isdisjoint(rule.codes))

    def lost_guide(self, variables: Iterable[str]) -> tuple[str, ...]:
        """What the guide's table asks for and ``variables`` lack."""
        has = set(variables)
        return tuple(variable for variable in self.guide if variable not in has)
