"""How long to go on with a call that fails."""

from dataclasses import dataclass

from interviewer.llm.retrying import Retrying


@dataclass(frozen=True)
class Patience:
    """How long to go on trying one call: as `retrying` says, and no try after `seconds`."""

    retrying: Retrying
    seconds: float


_SIX_TRIES = Retrying(tries=6, base=1.0, cap=32.0)
WITHOUT_HURRY = Patience(_SIX_TRIES, seconds=300.0)
SOMEBODY_WAITS = Patience(_SIX_TRIES, seconds=20.0)
