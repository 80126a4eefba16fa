"""The disk: the three files, the interviews in progress, locks."""
