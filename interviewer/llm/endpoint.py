"""Which LLM server is called, with which key, for which model."""

from urllib.parse import urlsplit

from pydantic import SecretStr

from interviewer.records import Record


class Endpoint(Record):
    """An OpenAI-compatible server; `base_url` is what comes before /chat/completions. Its text never shows the key.

    `key_setting` names the setting that the key came from, for advice.
    """

    base_url: str
    model: str
    api_key: SecretStr | None = None
    key_setting: str = "LLM_API_KEY"

    @property
    def host(self) -> str:
        """The host, with its port where one is named."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]
