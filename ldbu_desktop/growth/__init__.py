"""How children grow: age and correction, WHO's reference, z-scores, and what is most likely an entry error.

A size, an age and a sex go in; scores, lines to draw and flags come out. It knows WHO's measures and their units, and
neither variables of a standard nor journals. Nothing here judges a child.
"""
