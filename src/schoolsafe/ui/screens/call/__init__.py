"""A phone call, logged while the caller talks. A call with only a name is complete.

Never here: rules, SQL, another screen.
"""
