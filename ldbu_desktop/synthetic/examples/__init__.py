"""Examples of profiles: for each one that is minimal, one that is full and one that goes to its limits.

Profiles as data go in, with somebody who tells what is wrong with a resource; resources as JSON values come out, which
nothing is wrong with. What an element may hold is told by the profiles alone: no profile is known here by name.
"""
