"""One record of a child's file by its form: referral, meeting, household and the like.

Never here: what a form asks (domain), permission checks.
"""
