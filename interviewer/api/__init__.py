"""HTTP in, HTTP out. Nothing below this package imports Flask."""
