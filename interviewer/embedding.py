"""Static word embeddings, from the model that ships inside the wordllama package: offline, 256 dimensions.

A text's vector is the mean of its tokens' vectors, so it knows nothing of word order; `word_order` does.
"""

import functools
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import wordllama
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, 256), each row of length 1 (or 0 for a text without tokens)."""


@functools.cache
def _model() -> wordllama.inference.WordLlamaInference:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # threads for one short text cost more than they save
    # the plain load() looks for the tokenizer in a cache folder of the user's and then asks a hub
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


def embed(texts: Sequence[str]) -> Vectors:
    """One unit vector a text. An empty sequence gives shape (0, 256)."""
    if not texts:
        return np.zeros((0, 256), dtype=np.float32)
    vectors = np.asarray(_model().embed(list(texts)), dtype=np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-9))
    return unit


@functools.lru_cache(maxsize=50_000)
def _word_vector(word: str) -> Vectors:
    vector: Vectors = embed([word])[0]
    return vector


def embed_words(words: Sequence[str]) -> Vectors:
    """One unit vector a word; the same words come again and again, so they are remembered."""
    if not words:
        return np.zeros((0, 256), dtype=np.float32)
    return np.stack([_word_vector(word) for word in words])
