"""Who transcribes and who speaks, by the settings."""

from interviewer.settings import Settings
from interviewer.speech.models import find_model
from interviewer.speech.speaking import Speaker
from interviewer.speech.transcribing import LocalTranscriber, RemoteTranscriber, TranscribingQueue


def choose_transcriber(settings: Settings) -> TranscribingQueue | None:
    """The remote server where one is set, else the local model; None, and no error, where there is neither."""
    if settings.stt_base_url is not None:
        return TranscribingQueue(RemoteTranscriber(settings.stt_base_url, settings.stt_api_key, settings.stt_model))
    model = find_model(settings.whisper_model, settings.data_dir)
    return TranscribingQueue(LocalTranscriber(model)) if model is not None else None


def choose_speaker(settings: Settings) -> Speaker | None:
    """The remote server; None where the browser has to speak."""
    if settings.tts_base_url is None:
        return None
    return Speaker(settings.tts_base_url, settings.tts_api_key, settings.tts_model, settings.tts_voice)
