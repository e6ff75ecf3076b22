"""Reads SARIF 2.1.0 as GitHub does: checks that results refer to existing rules, and prints what depends on the files."""
import json
import sys

found = json.load(sys.stdin)
run, = found["runs"]
rules, results = run["tool"]["driver"]["rules"], run["results"]
ids = [rule["id"] for rule in rules]

assert found["version"] == "2.1.0" and "sarif-schema-2.1.0" in found["$schema"]
assert run["columnKind"] == "unicodeCodePoints"
assert ids and ids == sorted(set(ids)), "each rule once"
for rule in rules:
    assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"], rule
    assert rule["defaultConfiguration"]["level"] in ("error", "warning"), rule
for result in results:
    rule = rules[result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] and rule["defaultConfiguration"]["level"] == result["level"], result

print("successful:", *(invocation["executionSuccessful"] for invocation in run["invocations"]))
for result in results:
    place, = result["locations"]
    place = place["physicalLocation"]
    region = place["region"]
    print(place["artifactLocation"]["uri"], region.get("startLine"), region.get("startColumn"), result["level"],
          result["ruleId"], result["message"]["text"])
