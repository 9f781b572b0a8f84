"""Forms as data: read from YAML with file and line for what does not fit, filled in from the catalogue, written back.

A file and a standard go in; a form whose widgets, codes and subjects follow from the standard comes out, and what of it
shows at a visit. It knows nothing of answers in a journal and of widgets on a screen.
"""
