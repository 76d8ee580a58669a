"""What importing and loading costs, and what it must not bring along. Each in a fresh process."""

import json
import subprocess
import sys

MODULES = "import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"


def fresh(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_radnlp_loads_neither_spacy_nor_anything_heavy():
    loaded = json.loads(fresh(f"import radnlp; {MODULES}"))
    assert "radnlp" in loaded
    assert not {"spacy", "pydantic", "pluggy", "pyarrow", "rich", "numpy"} & set(loaded)


def test_loading_a_pipeline_loads_no_model_library_and_no_file_format():
    loaded = set(json.loads(fresh(f"import radnlp; radnlp.load('chest_ct'); {MODULES}")))
    assert "spacy" in loaded
    # Where torch is installed spaCy loads it by itself, and spacy-transformers transformers.
    by_spacy = set(json.loads(fresh(f"import spacy; spacy.blank('xx'); {MODULES}")))
    assert not ({"torch", "transformers", "llama_cpp"} & loaded) - by_spacy
    assert not {"medspacy", "pyarrow", "openpyxl"} & loaded


def test_an_unrelated_spacy_pipeline_does_not_load_medspacy():
    loaded = json.loads(fresh(f"import spacy; spacy.blank('en'); {MODULES}"))
    assert "medspacy" not in loaded
    assert "radnlp" in loaded, "spaCy should have found the factories"


def test_warnings_of_the_process_still_show_after_loading():
    load = "radnlp.load('chest_ct', settings={'status': {'engine': 'medspacy'}})"
    code = f"import radnlp, warnings; {load}; warnings.warn('still here')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "still here" in done.stderr


def test_the_namesake_distribution_is_pointed_out(tmp_path):
    info = tmp_path / "radnlp-0.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: radnlp\nVersion: 0.2\n")
    code = f"import sys; sys.path.append({str(tmp_path)!r}); import radnlp"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip uninstall radnlp" in done.stderr
