"""The way of a decision: where it stands, what may be done to it there, and the sentences that say why not."""

from documents.models import SignatureKind
from listings.badges import ToneChoices
from resolutions.models.version import VersionAction


class ResolutionStatus(ToneChoices):
    """Where a decision stands on its way."""

    DRAFT = "draft", "draft", "Проект"
    ADOPTED = "adopted", "adopted", "Принято"
    SIGNED = "signed", "signed", "Подписано"


# action -> (status before, status after)
TRANSITIONS = {
    VersionAction.ADOPTED: (ResolutionStatus.DRAFT, ResolutionStatus.ADOPTED),
    VersionAction.REOPENED: (ResolutionStatus.ADOPTED, ResolutionStatus.DRAFT),
    VersionAction.SIGNED: (ResolutionStatus.ADOPTED, ResolutionStatus.SIGNED),
}

REFUSALS = {
    (VersionAction.REVISED, ResolutionStatus.ADOPTED): "Решение принято: его текст больше не меняется.",
    (VersionAction.REVISED, ResolutionStatus.SIGNED): "Решение подписано: его текст и реквизиты больше не меняются.",
    (VersionAction.ADOPTED, ResolutionStatus.ADOPTED): "Решение уже принято.",
    (VersionAction.ADOPTED, ResolutionStatus.SIGNED): "Решение уже подписано.",
    (VersionAction.REOPENED, ResolutionStatus.DRAFT): "Это ещё проект: отменять нечего.",
    (VersionAction.REOPENED, ResolutionStatus.SIGNED): "Решение подписано: вернуть его в проект нельзя.",
    (VersionAction.SIGNED, ResolutionStatus.DRAFT): "Подписать можно только принятое решение, а это проект.",
    (VersionAction.SIGNED, ResolutionStatus.SIGNED): "Решение уже подписано.",
    (VersionAction.SIGNATURE_ADDED, ResolutionStatus.DRAFT): "Подписывать пока нечего: это проект.",
    (VersionAction.SIGNATURE_ADDED, ResolutionStatus.ADOPTED): (
        "Электронную подпись прилагают к выпущенному документу: сначала решение подписывают в портале."
    ),
    (VersionAction.SCAN_ADDED, ResolutionStatus.DRAFT): "Скан прилагают к подписанному решению, а это проект.",
    (VersionAction.SCAN_ADDED, ResolutionStatus.ADOPTED): "Скан прилагают после того, как решение подписано в портале.",
}


REFUSALS_WHEN_WITHDRAWN = {
    **{action: sentence for (action, status), sentence in REFUSALS.items() if status == ResolutionStatus.SIGNED},
    VersionAction.SCAN_ADDED: "Документ отозван: скан прилагают к новому, когда он выпущен.",
    VersionAction.SIGNATURE_ADDED: "Документ отозван: подпись прилагают к новому, когда он выпущен.",
}


SIGNED_ON_PAPER = "Решение прошлых лет подписано на бумаге: в портале его не подписывают."
REFUSALS_WHEN_LOADED = {
    VersionAction.REOPENED: "Решение внесено как решение прошлых лет: вернуть его в проект нельзя.",
    VersionAction.SIGNED: SIGNED_ON_PAPER,
    VersionAction.SCAN_ADDED: SIGNED_ON_PAPER,
    VersionAction.SIGNATURE_ADDED: SIGNED_ON_PAPER,
}


ATTACHED = {
    SignatureKind.HANDWRITTEN: VersionAction.SCAN_ADDED,
    SignatureKind.CMS: VersionAction.SIGNATURE_ADDED,
}
