"""Profiles, made ready to be checked by: official packages as facts, facts as trees with their slices, plans for the
keys of an object, value sets and units. Definitions go in; what comes out is worked out once, and used for every
report.
"""
