"""A child's growth beside its visits: a chart, the same as a table, and what looks like an entry error. A growth value
goes in, the wish to see a visit comes out; it knows no journal, and judges no child.
"""
