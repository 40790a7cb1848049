"""Reads documents on stdin (a JSON list of base64), prints what jsonschema finds wrong in each as JSON.

The file of the schema is the one argument.
"""

import base64
import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

schema = json.loads(Path(sys.argv[1]).read_text("utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors(document: str) -> list[str]:
    found = validator.iter_errors(json.loads(base64.b64decode(document)))
    return [f"{each.json_path}: {each.message}" for each in found]


json.dump([errors(each) for each in json.load(sys.stdin)], sys.stdout)
