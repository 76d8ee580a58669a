"""The rules that the contract checks hold plugins to, and what each is for."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "described": "users choose by the summary, the help and the example, so each must be there and be readable",
    "one_answer_each": "answers are matched to reports by position, so every report needs exactly one",
    "order": "answers are matched to reports by position, so they come in the order of the reports",
    "empty_batch": "a batch without reports is a batch like another, and its answer is empty",
    "right_kind": "what comes next reads fields of the records of radnlp.api, and nothing else",
    "no_exception": "any text may come in, and a report that raises loses its answer",
    "repeatable": "two runs over the same reports must give the same bytes",
    "independent": "how reports are cut into batches must not change what is said of one",
    "inside_schema": "only ids of the schema mean anything to who reads the result",
    "asked": "a mapper is asked about certain keys; the others have been decided already",
    "exact_offsets": "evidence is shown in the report, so text[start:end] must be its words",
    "score": "a score is compared with thresholds and written as JSON, so it is a plain number from 0 to 1, or None",
    "settings": "settings come from command lines and files: each is declared with its default, others are refused",
    "input_unchanged": "the same records go to the stages that follow",
    "sendable": "answers and reports travel between processes, so they must be plain records that can be pickled",
    "silent": "standard output is for results, and what is printed or logged may show words of a report",
    "offline": "no report may leave the machine, so nothing opens a connection",
    "in_time": "thousands of reports wait behind this one",
    "loads": "a schema or lexicon that cannot be read serves nobody",
}
