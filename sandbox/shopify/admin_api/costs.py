"""Query costs and the leaky bucket they are paid from."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, FragmentSpreadNode
from graphql.language import IntValueNode, OperationDefinitionNode, SelectionSetNode, VariableNode

MAXIMUM = 2000.0
RESTORE_RATE = 100.0
SINGLE_QUERY_MAXIMUM = 1000
MUTATION = 10


@dataclass
class Bucket:
    available: float = MAXIMUM
    looked_at: float = field(default_factory=time.monotonic)

    def take(self, cost: int) -> bool:
        """False, and nothing taken, when there is too little."""
        now = time.monotonic()
        restored = self.available + (now - self.looked_at) * RESTORE_RATE
        self.available, self.looked_at = min(MAXIMUM, restored), now
        if cost > self.available:
            return False
        self.available -= cost
        return True

    def give_back(self, cost: int) -> None:
        self.available = min(MAXIMUM, self.available + cost)

    def status(self) -> dict[str, float]:
        return {
            "maximumAvailable": MAXIMUM,
            "currentlyAvailable": int(self.available),
            "restoreRate": RESTORE_RATE,
        }


def requested_cost(document: DocumentNode, variables: dict[str, Any]) -> int:
    """Roughly Shopify's sum: one per object, connections times `first`, ten per mutation."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    total = sum(
        _cost(operation.selection_set, fragments, variables)
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
    )
    return max(total + _of_mutations(document), 1)


def actual_cost(document: DocumentNode, answered: Any) -> int:
    """One per object that came; the rest of what was requested is given back."""
    return max(_objects(answered) - 1 + _of_mutations(document), 1)


def _of_mutations(document: DocumentNode) -> int:
    return sum(
        MUTATION
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode)
        and operation.operation.value == "mutation"
    )


def _objects(answered: Any) -> int:
    if isinstance(answered, dict):
        return 1 + sum(map(_objects, answered.values()))
    return sum(map(_objects, answered)) if isinstance(answered, list) else 0


def _cost(
    selections: SelectionSetNode,
    fragments: dict[str, FragmentDefinitionNode],
    variables: dict[str, Any],
) -> int:
    return sum(
        (node.name.value != "edges")
        + _page_size(node, variables) * _cost(node.selection_set, fragments, variables)
        for node in _fields(selections, fragments)
        if node.selection_set is not None and node.name.value != "pageInfo"
    )


def _fields(
    selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]
) -> Iterator[FieldNode]:
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield node
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(fragments[node.name.value].selection_set, fragments)
        else:
            yield from _fields(node.selection_set, fragments)  # type: ignore[attr-defined]


def _page_size(node: FieldNode, variables: dict[str, Any]) -> int:
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last"):
            value = argument.value
            if isinstance(value, IntValueNode):
                return int(value.value)
            given = variables.get(value.name.value) if isinstance(value, VariableNode) else None
            if isinstance(given, int):
                return given
    return 1
