"""Papers that take long are made by the worker, each once for its content and day, kept and served again.

A room registers a `Maker`; its view checks access, says which arguments, and answers by `paper_response`. What a paper
shows is read anew each time, by the same function in the request and in the worker, and its file is found by the digest
of that: so nobody gets a file whose content he may not see, and no change is hidden behind an old file.
"""
