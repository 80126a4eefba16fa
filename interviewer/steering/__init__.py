"""Finds the passages of a candidate's text that try to steer whoever scores it. Pure: no I/O and no LLM.

The principle: honest answers speak about the matter. Steering is text addressed to the scorer about the score of this
very answer, text that imitates what the scorer reads or writes, or text hidden from a human reader.
"""

from interviewer.steering.find import find_steering
from interviewer.steering.flags import Flag
from interviewer.steering.spans import Steering

__all__ = ["Flag", "Steering", "find_steering"]
