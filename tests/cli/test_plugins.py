"""radnlp plugins: what is loaded, what it offers, what was set aside."""

import json
import os
import subprocess
import sys


def test_json_names_hooks_offers_and_state(radnlp):
    rows = {row["name"]: row for row in json.loads(radnlp("plugins", "--json").out)}
    rules = rows["radnlp.rules.plugin"]
    assert rules["state"] == "loaded"
    assert rules["distribution"] == "radnlp-core"
    assert rules["hooks"]["radnlp_register_relation_mappers"] == ["cooccurrence", "rules", "cascade"]


def test_a_disabled_plugin_is_shown_as_such():
    done = subprocess.run(
        [sys.executable, "-m", "radnlp", "plugins", "--json"],
        env={**os.environ, "RADNLP_DISABLED_PLUGINS": "radnlp.rules.plugin"},
        capture_output=True,
        text=True,
        check=True,
    )
    rows = {row["name"]: row for row in json.loads(done.stdout)}
    assert rows["radnlp.rules.plugin"]["state"] == "disabled"
    assert rows["radnlp.rules.plugin"]["hooks"] == {}
