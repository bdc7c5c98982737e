"""A thing as plain lists, to be kept on disk; the things within it that have an address are kept by themselves."""

from typing import Any

from indexer.readers.schema_org.nodes import Node, Value, Words

# A text stands for itself, one with a language as (text, language); a thing within as (its place in the list,), one
# that is kept by itself as [its address].
Packed = list[tuple[tuple[str, ...], str, str, dict[str, list[Any]]]]


def _packed_value(value: Value, order: list[Node]) -> Any:
    if isinstance(value, Words):
        return (value.text, value.language) if value.language else value.text
    if not isinstance(value, Node):
        return value
    if value.is_described:
        return [value.address]
    order.append(value)
    return (len(order) - 1,)


def packed(root: Node) -> Packed:
    """The thing and those within it, however deep, without an address or without a description."""
    order, body = [root], Packed()
    for node in order:  # grows while it is gone through
        values = {name: [_packed_value(one, order) for one in listed] for name, listed in node.values.items()}
        body.append((node.kinds, node.address, node.place, values))
    return body


def _value(value: Any, nodes: list[Node]) -> Value:
    if isinstance(value, list):
        return Node(address=value[0])
    if isinstance(value, tuple):
        return nodes[value[0]] if len(value) == 1 else Words(*value)
    return Words(value) if isinstance(value, str) else value


def unpacked(body: Packed) -> Node:
    """The thing again. What has an address of its own within it is a reference now."""
    nodes = [Node(kinds, address, place) for kinds, address, place, _ in body]
    for node, (_, _, _, values) in zip(nodes, body, strict=True):
        node.values = {name: [_value(one, nodes) for one in listed] for name, listed in values.items()}
    return nodes[0]


def merged(bodies: list[Packed]) -> Node:
    """A thing described in several places is one; the place met first wins where they differ."""
    first, *others = map(unpacked, bodies)
    kinds = dict.fromkeys(first.kinds)
    for other in others:
        kinds.update(dict.fromkeys(other.kinds))
        for name, values in other.values.items():
            first.values.setdefault(name, values)
    first.kinds = tuple(kinds)
    return first
