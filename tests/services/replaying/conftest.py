import pytest

from tests.services.chain import Chain
from tests.services.reactions.shops import Talk


@pytest.fixture
async def alba(chain: Chain) -> Talk:
    """Alba Ceramics with its mug, which five are left of."""
    await chain.install()
    talk = Talk(chain)
    await talk.stocks(5)
    return talk
