"""The answer of everything in this package that finds a signature unacceptable."""


class SignatureRefused(Exception):
    """The file is no signature that the portal accepts; the message says why, in Russian."""


class Malformed(ValueError):
    """Bytes that are not the structure they should be; whoever reads a whole file or certificate finds the words."""
