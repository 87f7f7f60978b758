"""Where sealed things wait for whoever they are sealed to: a folder now, a service of the council later.

It sees sealed bytes only. Never here: keys, the store, opening what waits, deciding anything from what is missing.
"""
