"""The LLM interviewer: a model asks and judges; quotes, caps and totals are checked and computed here."""
