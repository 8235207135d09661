"""Who may see an issued document: everybody, or the Union's staff alone. Its bytes are the same either way."""

from collections.abc import Sequence

from documents.models import IssuedDocument


def shown_papers(papers: Sequence[IssuedDocument], is_released: bool) -> dict[int, bool]:
    """Which papers of one thing everybody may see.

    What was withdrawn before is shown again only where its code is printed: whoever holds that paper must learn that
    it counts no longer, and nobody else ever saw it.

    Args:
        papers: the present one, then those that it replaced (`IssuedDocument.papers`); none of a thing without paper.
        is_released: whether the public may read the thing.

    Returns:
        Key of the document → whether everybody may see it.
    """
    return {one.pk: is_released and (place == 0 or one.prints_code) for place, one in enumerate(papers)}


def show_papers(papers: Sequence[IssuedDocument], is_released: bool) -> None:
    """Show papers of one thing to everybody, or to staff alone. Arguments as of `shown_papers`.

    Runs in the transaction that writes down why.
    """
    shown = shown_papers(papers, is_released)
    for document in papers:
        if document.is_public != shown[document.pk]:
            document.is_public = shown[document.pk]
            IssuedDocument.objects.filter(pk=document.pk).show_to_everybody(document.is_public)
