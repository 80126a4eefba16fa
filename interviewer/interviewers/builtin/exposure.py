"""How often each question was used before, so that no question wears out (item exposure, as in adaptive testing)."""

from collections import defaultdict


class Exposure:
    """Uses of questions over all interviews. One posting counts once for a question and topic, however many candidates.

    The topic belongs to a use because a frame asks something else with each topic.
    """

    def __init__(self) -> None:
        self._uses: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def record(self, posting_key: str, item_id: str, topic: str) -> None:
        """The question `item_id` was asked about `topic` in an interview for this posting."""
        self._uses[item_id].add((posting_key, topic))

    def used_with(self, posting_key: str, item_id: str, topic: str) -> bool:
        """Whether this very question was asked before for this posting."""
        return (posting_key, topic) in self._uses.get(item_id, ())

    def elsewhere(self, posting_key: str, item_id: str, topic: str) -> int:
        """With how many other postings (or other topics of this one) the question was used."""
        return len(self._uses.get(item_id, ())) - self.used_with(posting_key, item_id, topic)
