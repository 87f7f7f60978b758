"""Every kind of record that has a form. The schema, the screens, the command line and the chronology follow from it."""

from typing import Final

from schoolsafe.domain.file_form import FileForm
from schoolsafe.domain.referral import REFERRAL

FORMS: Final[tuple[FileForm, ...]] = (REFERRAL,)

BY_NAME: Final[dict[str, FileForm]] = {form.name: form for form in FORMS}
