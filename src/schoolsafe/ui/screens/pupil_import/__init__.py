"""A pupil list before it is brought in: columns, first rows, what would change, what to look at.

Never here: reading the file (intake), comparing (domain.roll), another screen.
"""
