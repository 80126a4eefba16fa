"""Who asks and evaluates. One interface (`base`), with the built-in interviewer behind it."""
