"""Reads documents on stdin (a JSON list of base64), prints what OpenAPI 3.1 finds wrong in each as JSON."""

import base64
import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator


def errors(document: str) -> list[str]:
    found = OpenAPIV31SpecValidator(json.loads(base64.b64decode(document))).iter_errors()
    return [f"{each.json_path}: {each.message}" for each in found]


json.dump([errors(each) for each in json.load(sys.stdin)], sys.stdout)
