r"""medspaCy's ConText with its default rules, each sentence as one sentence.

.venv/bin/python benchmarks/negex/baselines/medspacy_default.py < targets.jsonl \
    > benchmarks/negex/predictions/medspacy.jsonl
"""

import json
import sys

import medspacy.context  # noqa: F401  registers the factory
import spacy
from prediction import prediction


def main() -> None:
    nlp = spacy.blank("en")
    context = nlp.add_pipe("medspacy_context")
    for line in sys.stdin:
        row = json.loads(line)
        negated = False
        if row["start"] is not None:
            doc = nlp.make_doc(row["text"])
            for token in doc:
                token.is_sent_start = token.i == 0
            target = doc.char_span(row["start"], row["end"], label="CONDITION", alignment_mode="expand")
            doc.ents = [target]
            (entity,) = context(doc).ents
            negated = entity._.is_negated
        print(prediction(row["id"], negated=negated))


if __name__ == "__main__":
    main()
