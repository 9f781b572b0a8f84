"""Families that nobody is: whole childhoods made from a seed and a date, clean or with chosen faults planted in them.

A seed, a number and a day go in; journal families, tables and reports come out, and where a planted fault is to be
found. The same arguments give the same bytes anywhere: nothing here asks a clock, the system or a file of the user. It
knows how children grow and what the standard asks for, and not how anything is shown.
"""
