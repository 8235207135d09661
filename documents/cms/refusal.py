"""The answer of everything in this package that finds a signature unacceptable."""


class SignatureRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The file is no signature that the portal accepts; the message says why, in Russian."""


class Malformed(ValueError):  # noqa: N818 - a fact about bytes of a stranger
    """Bytes that are not the structure they should be; whoever reads a whole file or certificate finds the words."""
