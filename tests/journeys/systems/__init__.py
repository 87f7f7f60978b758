"""One journey for each system or practice named in the council papers (domain.md 10.1)."""
