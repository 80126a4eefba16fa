"""A client of any OpenAI-compatible chat completions server. Knows nothing of interviews."""
