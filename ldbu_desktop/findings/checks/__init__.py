"""The checks of a journal: small declared functions from a visit, a family or a journal to findings.

In come a scope (what is looked at, with what follows from the records worked out) and the rule book of a standard; out
come findings of no other codes than a check declares. A check knows neither texts nor severities, and no other check.
"""
