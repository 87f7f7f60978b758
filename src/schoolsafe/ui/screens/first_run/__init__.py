"""Setting up a school, one question a page, and coming back with the recovery sheet.

Never here: keys, an open vault, another screen.
"""
