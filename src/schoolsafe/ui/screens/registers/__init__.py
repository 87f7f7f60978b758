"""The register of schools, searched and refreshed; term dates from a calendar file, looked at and saved.

Never here: reading the files (intake), which day is a term (domain.term_dates), another screen.
"""
