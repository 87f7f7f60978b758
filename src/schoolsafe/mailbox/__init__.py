"""Messages that come by themselves: a mailbox read over IMAP, a folder that is watched, each in a killable child.

The only importer of `imapclient`. Nothing here deletes, moves or marks a message. Never here: the store, keys,
what a message means.
"""
