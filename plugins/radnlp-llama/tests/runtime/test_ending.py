"""A process that has used a model ends like any other, whether or not the model was closed."""

import subprocess
import sys

import pytest

CODE = """
from radnlp.api import GenerationRequest, OneOf
from radnlp_llama.runtime.generator import LlamaGenerator, RuntimeOptions
generator = LlamaGenerator({path!r}, options=RuntimeOptions(batch={batch}, threads=1, n_gpu_layers=0))
form = (OneOf(name="side", options=('"right"', '"left"')),)
requests = [GenerationRequest(id=str(n), prefix="Which side? ", rest=f"Nodule {{n}}. ", form=form) for n in range(3)]
print([answer.text for answer in generator.generate(requests)])
{end}
"""


@pytest.mark.parametrize("batch", [1, 2])
@pytest.mark.parametrize(
    "end", ["", "generator.close()", "answers = generator.stream(requests); next(answers)", "1 / 0"]
)
def test_it_ends_cleanly(random_gguf, batch, end):
    code = CODE.format(path=str(random_gguf(seed=1)), batch=batch, end=end)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.startswith("['\"")
    assert done.returncode == (1 if end == "1 / 0" else 0)
    assert done.stderr.count("Error") == (1 if end == "1 / 0" else 0)
