"""Plain data as YAML that people read and compare, and back without guesses.

Text stays text: where YAML would read `1907` as a number, `2012-08` as a date or `no` as a truth, this reader does not.
A key that stands twice is refused, because one of the two values would be lost.
"""

import re
from typing import Any

import yaml

_LONG = 80


class UnreadableError(ValueError):
    """Raised when a file is not the YAML of one object; the text says where."""


class _Writer(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Reader(yaml.SafeLoader):
    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def write(data: dict[str, Any]) -> str:
    """Return the data as YAML, keys in their order, long texts as blocks of lines."""
    return yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)


def read(content: bytes) -> dict[str, Any]:
    """Return the one object of a file; raise UnreadableError if it is anything else."""
    try:
        data = yaml.load(content.decode("utf-8"), Loader=_Reader)
    except UnicodeDecodeError as fault:
        raise UnreadableError(f"byte {fault.start + 1} is not UTF-8") from fault
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise UnreadableError(f"{where}{getattr(fault, 'problem', None) or fault}") from fault
    except RecursionError as fault:
        raise UnreadableError("nested too deeply") from fault
    if not isinstance(data, dict):
        raise UnreadableError("expected fields with values")
    return data


def _text(writer: _Writer, value: str) -> yaml.ScalarNode:
    long = "\n" in value or len(value) > _LONG
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style="|" if long else None)


def _mapping(reader: _Reader, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = reader.construct_object(key_node, deep=True)
        if not isinstance(key, str) or key in mapping:
            problem = f"the key {key!r} stands twice" if isinstance(key, str) else "a key is not text"
            raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
        mapping[key] = reader.construct_object(value_node, deep=True)
    return mapping


_Writer.add_representer(str, _text)
_Reader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Reader.add_constructor("tag:yaml.org,2002:map", _mapping)
