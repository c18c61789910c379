#!/usr/bin/env python3
"""Holds docs/record.schema.json to the header and to what the command gives.

Every enumeration of dateline.h must have its words in the schema. With a
COMMAND, the record of each sample page and of each case's page must be as the
schema says; the part of JSON Schema that it uses is checked here.

    check_schema.py SOURCE_ROOT [COMMAND]
"""
import json
import pathlib
import re
import subprocess
import sys

# Enumerations of the header, and where the schema has their words.
ENUMS = {
    'DTL_STATUS_': ('properties', 'status'),
    'DTL_KIND_': ('properties', 'kind'),
    'DTL_BLOCK_': ('properties', 'blocks', 'items', 'properties', 'kind'),
    'DTL_ORIGIN_': ('properties', 'blocks', 'items', 'properties', 'origin'),
    'DTL_AUTHOR_': ('properties', 'authors', 'items', 'properties', 'type'),
    'DTL_PRECISION_': ('$defs', 'date', 'properties', 'precision'),
    'DTL_EMBED_': ('properties', 'embeds', 'items', 'properties', 'kind'),
    'DTL_QUOTE_': ('properties', 'quotes', 'items', 'properties', 'kind'),
    'DTL_NOTE_': ('properties', 'notes', 'items', 'properties', 'kind'),
    'DTL_ACCESS_': ('properties', 'access', 'properties', 'declared'),
    'DTL_OBSERVED_': ('properties', 'access', 'properties', 'observed'),
}
UNSAID = {'DTL_ACCESS_UNKNOWN', 'DTL_OBSERVED_UNKNOWN'}  # absent in JSON

TYPES = {'object': dict, 'array': list, 'string': str, 'integer': int,
         'number': (int, float)}
# What this file checks; a schema that uses more would be half checked.
KNOWN = {'$schema', '$ref', '$defs', 'title', 'description', 'type', 'const',
         'enum', 'required', 'properties', 'additionalProperties',
         'minProperties', 'items', 'minItems', 'maxItems', 'minLength',
         'pattern', 'minimum', 'maximum'}


def check_enums(root, schema):
    header = (root / 'include/dateline.h').read_text(encoding='utf-8')
    for prefix, path in ENUMS.items():
        names = set(re.findall(rf'\b{prefix}[A-Z_]+\b', header)) - UNSAID
        words = {name[len(prefix):].lower() for name in names}
        place = schema
        for step in path:
            place = place[step]
        for word in sorted(words ^ set(place['enum'])):
            where = 'dateline.h' if word in words else 'the schema'
            yield f'{prefix}: "{word}" is in {where} only'


class Validator:
    def __init__(self, schema):
        self.schema = schema

    def check(self, rule, value, path):
        """What of value is not as rule says, each as a line of text."""
        if '$ref' in rule:
            name = rule['$ref'].rsplit('/', 1)[1]
            yield from self.check(self.schema['$defs'][name], value, path)
        unknown = set(rule) - KNOWN
        if unknown:
            yield f'{path}: the check does not know {sorted(unknown)}'
        kind = rule.get('type')
        if kind and (not isinstance(value, TYPES[kind])
                     or isinstance(value, bool)):
            yield f'{path}: is no {kind}: {value!r}'
            return
        if 'const' in rule and value != rule['const']:
            yield f'{path}: is not {rule["const"]!r}: {value!r}'
        if 'enum' in rule and value not in rule['enum']:
            yield f'{path}: is none of its words: {value!r}'
        if isinstance(value, dict):
            yield from self.check_object(rule, value, path)
        elif isinstance(value, list):
            yield from self.check_array(rule, value, path)
        elif isinstance(value, str):
            if len(value) < rule.get('minLength', 0):
                yield f'{path}: is empty'
            if not re.search(rule.get('pattern', ''), value):
                yield f'{path}: has not the form wanted: {value!r}'
        elif isinstance(value, (int, float)) and not (
                rule.get('minimum', value) <= value
                <= rule.get('maximum', value)):
            yield f'{path}: is out of its range: {value!r}'

    def check_object(self, rule, value, path):
        for name in rule.get('required', []):
            if name not in value:
                yield f'{path}: has no {name}'
        if len(value) < rule.get('minProperties', 0):
            yield f'{path}: is empty'
        members = rule.get('properties', {})
        for name, member in value.items():
            if name in members:
                yield from self.check(members[name], member, f'{path}.{name}')
            elif rule.get('additionalProperties') is False:
                yield f'{path}: has a member {name} too many'

    def check_array(self, rule, value, path):
        if not (rule.get('minItems', 0) <= len(value)
                <= rule.get('maxItems', len(value))):
            yield f'{path}: has {len(value)} items'
        for number, item in enumerate(value):
            if 'items' in rule:
                yield from self.check(rule['items'], item,
                                      f'{path}[{number}]')


def check_records(root, schema, command):
    validator = Validator(schema)
    pages = [*(root / 'examples').rglob('*.html'),
             *(root / 'examples').rglob('*.txt'),
             *(root / 'cases/article').rglob('page.*')]
    for page in sorted(pages):
        run = subprocess.run([command, 'read', '--format', 'json', page],
                             capture_output=True, stdin=subprocess.DEVNULL)
        if run.returncode not in (0, 1):
            yield f'{page}: exit {run.returncode}: {run.stderr.decode()}'
            continue
        for wrong in validator.check(schema, json.loads(run.stdout), '$'):
            yield f'{page.relative_to(root)}: {wrong}'


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    schema = json.loads((root / 'docs/record.schema.json').read_text(
        encoding='utf-8'))
    wrong = list(check_enums(root, schema))
    if len(sys.argv) > 2:
        wrong += check_records(root, schema, sys.argv[2])
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
