"""Comparing the people who sign with the person whom the paper names."""


def is_somebody_else(name: str, signatory: str) -> bool:
    """Whether somebody is not the person whom a document names as its signatory.

    Args:
        name: of a user or of a certificate's owner, in any order of its parts.
        signatory: as the document prints it, «Н.В. Корягина»; may be empty.

    Returns:
        True when the surname of the signatory is not found in the name: a reason to look, not to refuse.
    """
    parts = signatory.split()
    return bool(parts) and parts[-1].casefold() not in name.casefold()
