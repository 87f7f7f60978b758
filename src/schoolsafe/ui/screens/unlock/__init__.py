"""The first thing a person sees: who they are and their passphrase.

Never here: keys, vaults, another screen.
"""
