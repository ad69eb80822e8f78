from collections.abc import Iterator

import pytest

from tests.eventlog.kafka_processes import KafkaProcess, running_kafka


@pytest.fixture
def kafka() -> Iterator[KafkaProcess]:
    """A broker that a test may kill."""
    with running_kafka() as kafka:
        yield kafka
