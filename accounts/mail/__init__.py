"""How letters leave the portal: stored with what caused them (`storing`), sent by the worker (`delivery`).

No request ever talks to a mail server. `server` is the one door to it.
"""
