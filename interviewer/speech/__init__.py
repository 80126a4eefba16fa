"""To hear and to speak: recordings become text, questions become sound. Nothing here knows an interview."""
