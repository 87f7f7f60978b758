"""Reports: the month's letter to the force, on screen, on paper and as a table.

Never here: counting (services.report), another screen.
"""
