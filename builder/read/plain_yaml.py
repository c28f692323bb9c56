"""YAML as texts, lists and mappings of these, for files of the program itself; and the loader of all that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    _Base = yaml.BaseLoader
else:
    _Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class TextLoader(_Base):
    """Composes nodes of texts without asking what kind of value each might be: nothing here goes by tags."""

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        """No tag at all; PyYAML's own search for one took a fifth of the time."""
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing."""

    def ascend_resolver(self) -> None:
        """Nothing."""


def plain(data: bytes) -> Any:
    """The one document in a file, in half the time of PyYAML's constructors; a mistake in it raises."""
    root = yaml.compose(data, Loader=TextLoader)
    return None if root is None else _value(root)


def _value(node: Node) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [each.value if isinstance(each, ScalarNode) else _value(each) for each in node.value]
    assert isinstance(node, MappingNode)
    return {key.value: _value(value) for key, value in node.value}
