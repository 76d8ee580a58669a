"""A tokenizer of one's own: byte-level BPE over text that is split where scripts and digits meet.

Shin et al. (Sci Rep 2025;15:31550) train byte-level BPE over morpheme-split Korean. No morphological analyser is needed
for what it gives there: Korean reports put particles of Hangul behind words of Latin letters ("lesion은"), and a cut at
the change of script keeps both apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers  # type: ignore[import-untyped]
from transformers import PreTrainedTokenizerFast

from radnlp.api import ConfigError

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
#: A run of Hangul, Han, one kana, other letters or signs, or one digit, each with the space before it; or spaces.
_PIECES = (
    r" ?\p{Hangul}+| ?\p{Han}+| ?\p{Hiragana}+| ?[\p{Katakana}ー]+| ?\p{N}"
    r"| ?(?:(?![\p{Hangul}\p{Han}\p{Hiragana}\p{Katakana}])[\p{L}\p{M}])+"
    r"| ?[^\s\p{L}\p{M}\p{N}]+|\s+(?!\S)|\s+"
)


def train_tokenizer(texts: Iterable[str], *, size: int, lowercase: bool, max_length: int) -> Any:
    """A fast Hugging Face tokenizer trained on texts.

    The same texts in the same order give the same tokenizer. Every byte is a token, so no text is unknown to it.

    Args:
        texts: Reports.
        size: Of the vocabulary, at most; at least 256 bytes and the special tokens.
        lowercase: Whether capitals are read as small letters.
        max_length: What the tokenizer says of the longest input.

    Raises:
        ConfigError: A vocabulary that cannot hold the bytes, or texts without any word.
    """
    least = 256 + len(SPECIAL)
    if size < least:
        raise ConfigError(f"a vocabulary of {size}: at least {least} tokens are needed (every byte, and {SPECIAL})")
    kept = [text for text in texts if text.strip()]
    if not kept:
        raise ConfigError("no text to train a tokenizer on; the input has no report with a word in it")
    bare = Tokenizer(models.BPE())
    if lowercase:
        bare.normalizer = normalizers.Lowercase()
    bare.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    bare.train_from_iterator(kept, trainer=trainer)
    first, last = bare.token_to_id("[CLS]"), bare.token_to_id("[SEP]")
    bare.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", first), ("[SEP]", last)]
    )
    pad, unknown, start, end, mask = SPECIAL
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=bare,
        pad_token=pad,
        unk_token=unknown,
        cls_token=start,
        sep_token=end,
        mask_token=mask,
        model_max_length=max_length,
    )


def save_tokenizer(tokenizer: Any, folder: Path) -> None:
    """Write ``tokenizer.json`` and what belongs to it.

    Raises:
        ConfigError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.save_pretrained(str(folder))
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written ({error.strerror})") from None
