"""The one place that wires services to the outside: clock, keys, vault, readers, printers, windows. Plain constructors.

Never here: rules of the field, screens, SQL.
"""
