"""A visit on one page of paper."""
