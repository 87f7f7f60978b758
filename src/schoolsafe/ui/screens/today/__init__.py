"""The day: the list of what must be done, and many notifications at once.

Never here: rules of order and words (domain.today), another screen.
"""
