"""A model in memory: opened once, its layers on the device where this build has one, and let go cleanly."""

from __future__ import annotations

import atexit
import os
import warnings
import weakref
from pathlib import Path
from typing import Any

from radnlp.api import ConfigError
from radnlp_llama.runtime.library import clear_log, llama_library, logged_fault, logged_layers

#: What llama.cpp understands as all layers, in every version.
_ALL_LAYERS = 0x7FFFFFFF
_OPEN: weakref.WeakSet[Model] = weakref.WeakSet()


class Model:
    """The weights of a GGUF.

    Attributes:
        path: The file.
        handle: llama.cpp's own, for its functions.
        offloaded: Layers on a device and layers in all; None when nothing is on one.

    Args:
        path: A file that :func:`radnlp_llama.runtime.gguf_file.read_head` has found good.
        n_gpu_layers: Layers to put on the device; -1 for all.

    Raises:
        ConfigError: llama.cpp cannot open it.

    Warns:
        RuntimeWarning: Layers were asked for on a device, and this build of llama_cpp knows none.
    """

    def __init__(self, path: Path, *, n_gpu_layers: int = -1) -> None:
        library = llama_library()
        self.path = path
        self.offload = n_gpu_layers != 0 and bool(library.llama_supports_gpu_offload())
        if n_gpu_layers != 0 and not self.offload:
            warnings.warn(NO_DEVICE, RuntimeWarning, stacklevel=2)
        parameters = library.llama_model_default_params()
        parameters.n_gpu_layers = (_ALL_LAYERS if n_gpu_layers < 0 else n_gpu_layers) if self.offload else 0
        clear_log()
        self.handle: Any = library.llama_model_load_from_file(os.fsencode(path), parameters)
        if not self.handle:
            fault = logged_fault() or "it did not say why"
            raise ConfigError(
                f"llama.cpp cannot open {path}: {fault}. A newer llama-cpp-python may know this model; else use another"
            )
        self.offloaded = logged_layers() if self.offload else None
        self.vocabulary: Any = library.llama_model_get_vocab(self.handle)
        if not library.llama_model_has_decoder(self.handle) or library.llama_model_has_encoder(self.handle):
            self.close()
            raise ConfigError(f"{path} is no decoder-only model; give the GGUF of one that goes on with a text")
        _OPEN.add(self)

    def close(self) -> None:
        """Give the memory back; contexts on it must be closed before."""
        if self.handle:
            llama_library().llama_model_free(self.handle)
            self.handle = None


NO_DEVICE = (
    "this build of llama_cpp runs on the CPU only, though layers were asked for on a GPU (n_gpu_layers; 0 for none). "
    "With a GPU, reinstall: CMAKE_ARGS='-DGGML_CUDA=on' pip install --force-reinstall --no-cache-dir llama-cpp-python "
    "(-DGGML_METAL=on on a Mac, -DGGML_VULKAN=on for other cards)"
)


class Context:
    """Room for tokens that were read, in several sequences, and the reading itself.

    Attributes:
        handle: llama.cpp's own.
        cells: Tokens that fit, of all sequences together; one that several sequences share counts once.
        reads: How often the model was asked to read.

    Args:
        model: Whose weights.
        cells: Tokens.
        sequences: How many.
        batch: Tokens read at once, at most.
        threads: Of the CPU.

    Raises:
        ConfigError: There is not enough memory for it.
    """

    def __init__(self, model: Model, *, cells: int, sequences: int, batch: int, threads: int) -> None:
        library = llama_library()
        parameters = library.llama_context_default_params()
        parameters.n_ctx = cells
        parameters.n_batch = batch
        parameters.n_ubatch = min(batch, 512)
        parameters.n_seq_max = sequences
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.kv_unified = True  # the prefix is one set of cells that all sequences see
        parameters.no_perf = True
        # On the CPU as llama_cpp.Llama does, so that both ways of running a model compute the same.
        parameters.flash_attn_type = (
            library.LLAMA_FLASH_ATTN_TYPE_AUTO if model.offload else library.LLAMA_FLASH_ATTN_TYPE_DISABLED
        )
        clear_log()
        self.handle: Any = library.llama_init_from_model(model.handle, parameters)
        if not self.handle:
            raise ConfigError(
                f"there is no memory for {cells} tokens in {sequences} sequences ({logged_fault() or 'no reason'}); "
                "lower batch or n_ctx, or put fewer layers on the GPU (n_gpu_layers)"
            )
        self.cells = int(library.llama_n_ctx(self.handle))
        self.reads = 0
        self.memory: Any = library.llama_get_memory(self.handle)
        self._model = model  # keeps it from being let go before
        _CONTEXTS.add(self)

    def read(self, batch: Any) -> int:
        """Read a batch; gives llama.cpp's answer, 0 when all went well."""
        self.reads += 1
        return int(llama_library().llama_decode(self.handle, batch))

    def close(self) -> None:
        """Give the memory back."""
        if self.handle:
            llama_library().llama_free(self.handle)
            self.handle = None


_CONTEXTS: weakref.WeakSet[Context] = weakref.WeakSet()


def usable_threads(asked: int) -> int:
    """The CPU threads to use: as asked, or with 0 as many as this process may run on."""
    if asked > 0:
        return asked
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _close_all() -> None:
    """While the interpreter still stands: a library that is torn down around an open model crashes."""
    for context in list(_CONTEXTS):
        context.close()
    for model in list(_OPEN):
        model.close()


atexit.register(_close_all)
