"""The vault file: engine, journal, the reducer's writing side, queries, migrations. The only SQL.

Never here: rules of the field, screens.
"""
