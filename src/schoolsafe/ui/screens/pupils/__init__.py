"""The roll: every pupil, found by name, year, class or state; one added by hand.

Never here: a pupil's file, reading a list, another screen.
"""
