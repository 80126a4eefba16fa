"""The built-in interviewer: question bank, posting reader, planner and scorer. Needs no key and no network."""
