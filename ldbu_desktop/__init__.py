"""LDBU Desktop: check, fill and deliver what Danish child-health nursing reports about children."""

__version__ = "0.2.0"
