"""Unlocking: passphrase, key file, device secret, recovery, anchors outside the vault.

The only importer of `keyring`. Never here: content of records.
"""
