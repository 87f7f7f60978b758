"""The facts and rules of safeguarding: nouns with their fields, deadlines, matching, the reducer's decisions.

Never here: a clock, disk, network, Qt, SQL, threads, randomness.
"""
