"""How areas write: the templates there are, and a message marked by example to make one.

Never here: what a mark's words are (domain), reading a message, another screen.
"""
