"""An ordinary entry: a concern, a contact, an observation, a meeting.

Never here: rules, SQL, another screen.
"""
