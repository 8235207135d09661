"""Pages about issued documents: verification for everybody, their files, withdrawal, the trust store."""
