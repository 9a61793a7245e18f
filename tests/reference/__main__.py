"""The second calculator as an engine of its own: `python -m tests.conformance --engine "python -m tests.reference"`."""

from __future__ import annotations

import json
import sys

from tests.reference import answer

for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps({"id": question["id"], "answers": answer(question)}), flush=True)  # noqa: T201 - the protocol
