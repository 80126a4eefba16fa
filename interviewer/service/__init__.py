"""The use cases, one function each: start, submit, draft, end, look up, list, delete, expire. No Flask."""
