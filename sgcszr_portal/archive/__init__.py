"""The archive: the whole portal as one ZIP that needs no portal, and the way back into an empty one.

format → tables → stored → documents → contents → writing, and on the way back reading → restoring; each a module.
It is for the secretariat alone: it holds drafts, contacts and internal notes. It holds no secrets (`tables.SECRETS`).
"""
