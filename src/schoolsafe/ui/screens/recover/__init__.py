"""Coming back with the recovery sheet: its key, a new passphrase, a new sheet.

Never here: keys, an open vault, another screen.
"""
