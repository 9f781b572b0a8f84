"""A child's growth beside its visits: a chart, the same as a table, and what looks like an entry error."""
