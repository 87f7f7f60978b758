"""Actions: adding one, what came of one, and all that are open.

Never here: what an action asks (domain.action), another screen.
"""
