"""What the reader noticed about a message, as sentences for the person. The child sends codes only."""

from typing import Final

from schoolsafe.words import N_, _

_SENTENCES: Final = {
    "remote_content_removed": N_("Remote content was removed. Nothing was loaded."),
    "form_removed": N_("A form was removed."),
    "script_removed": N_("A script was removed."),
    "hidden_text_removed": N_("Hidden text was left out."),
    "link_text_and_target_differ": N_("A link leads to another place than it says."),
    "sender_check_failed": N_("The sender check failed: this may not come from who it says."),
    "reply_to_differs": N_("Replies would go to another address than the sender's."),
    "attachment_not_what_it_says": N_("An attachment is not what its name says."),
    "invisible_characters": N_("Invisible characters were removed from a name."),
    "message_locked": N_("This message is still locked."),
    "file_locked": N_("This file is locked with a password."),
    "attachment_locked": N_(
        "An attachment is locked with a password. Open it to see what it says."
    ),
    "attachment_is_picture": N_(
        "An attachment is a picture. Read it beside this and type in what it says."
    ),
    "page_not_read": N_("A page is damaged and was not read. Look at the original."),
    "page_not_shown": N_("Some pages are not shown. Open the original to see them."),
    "attachment_not_read": N_("An attachment was not read. Open it to see what it says."),
    "text_cut": N_("The text is very long. The rest stands in the original."),
    "older_notice_quoted": N_("An older notice is quoted below. It was not recorded again."),
    "only_older_notice": N_(
        "The only notice in this message is quoted in a reply. It was not recorded."
    ),
    "date_in_future": N_("The date of the incident lies after the message. Check it."),
    "weekday_differs": N_("The weekday does not fit the date of the incident. Check it."),
    "several_dates": N_("More than one date could be the incident. Check the message."),
    "attached_mail_locked": N_("A message attached to this one is still locked."),
    "person_not_taken": N_(
        "A person of unclear age is named and was not taken as a child. Check the message."
    ),
}


def sentence(code: str) -> str:
    """The sentence for a code; nothing a child process invents is shown as it came."""
    return _(
        _SENTENCES.get(code, N_("Something about this message is unusual. Look at the original."))
    )
