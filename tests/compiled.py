"""Templates and addresses compiled once for all the programs of a test run.

A program is made for every test: what its templates and the rules of its addresses compile to is
the same each time, and took a fifth of the run.
"""

from collections.abc import Callable, Hashable
from types import CodeType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """The code of templates by their name and their source."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.codes[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = Templates()
Builder = Callable[..., tuple[str, str]]


def compile_rules_once() -> None:
    """Keep what builds an address from its parts: it depends on the rule alone."""
    compiled: dict[Hashable, Builder] = {}
    compile_builder: Callable[[Rule, bool], Builder] = Rule._compile_builder

    def once(rule: Any, append_unknown: bool = True) -> Builder:
        defaults = tuple((rule.defaults or {}).items())
        key = (rule.rule, tuple(rule._trace), defaults, append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = once  # type: ignore[method-assign]
