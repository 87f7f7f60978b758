"""What mailboxes and watched folders need of one open vault: the fetching child, the keyring, a shelf."""

from pathlib import Path

from schoolsafe.keys.device import store_for
from schoolsafe.keys.mailbox_secret import MailboxSecrets, place_for
from schoolsafe.keys.unlock import Unlocked
from schoolsafe.mailbox.fetcher import ChildFetcher
from schoolsafe.services.mail_fetching import MailTools
from schoolsafe.store.vault import Vault


def mail_tools(home: Path, vault: Vault, unlocked: Unlocked) -> MailTools:
    """Nothing is looked at yet. Only a test or demo school keeps passwords where its device secret is."""
    header = unlocked.header
    store = store_for(header.device, header.device_folder, home=home)
    kept = MailboxSecrets(place_for(store, pretend=bool(header.label.mark)), header.seat)
    return MailTools(ChildFetcher(), kept, vault.shelf("mail source"))
