import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.sealing import SealBroken, Vault
from tests.cast import ALBA, BOREALIS

OLD, NEW = ("k1", bytes(32)), ("k2", bytes(range(32)))
COLUMN = "credentials.access_token"


@given(st.text())
def test_what_is_sealed_opens_to_the_same(text: str) -> None:
    vault = Vault([NEW, OLD])
    assert vault.open(vault.seal(text, shop=ALBA, column=COLUMN), shop=ALBA, column=COLUMN) == text


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_bit_breaks_the_seal(place: int, change: int) -> None:
    vault = Vault([NEW])
    sealed = bytearray(vault.seal("shpat_a-token-of-some-length", shop=ALBA, column=COLUMN))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        vault.open(bytes(sealed), shop=ALBA, column=COLUMN)


@pytest.mark.parametrize(
    ("shop", "column"), [(BOREALIS, COLUMN), (ALBA, "credentials.refresh_token")]
)
def test_a_seal_opens_in_its_own_place_only(shop: str, column: str) -> None:
    vault = Vault([NEW])
    sealed = vault.seal("shpat_token", shop=ALBA, column=COLUMN)
    with pytest.raises(SealBroken):
        vault.open(sealed, shop=shop, column=column)


def test_an_older_key_still_opens_what_it_sealed() -> None:
    sealed = Vault([OLD]).seal("shpat_token", shop=ALBA, column=COLUMN)
    rotated = Vault([NEW, OLD])
    assert rotated.open(sealed, shop=ALBA, column=COLUMN) == "shpat_token"
    assert not rotated.is_newest(sealed)
    assert rotated.is_newest(rotated.seal("shpat_token", shop=ALBA, column=COLUMN))


def test_a_key_that_is_gone_is_named_as_the_cause() -> None:
    sealed = Vault([OLD]).seal("shpat_token", shop=ALBA, column=COLUMN)
    with pytest.raises(SealBroken, match="ENCRYPTION_KEYS"):
        Vault([NEW]).open(sealed, shop=ALBA, column=COLUMN)


@pytest.mark.parametrize("sealed", [b"", b"k2", b"k2:", b"\xff:x", b"k2:short"])
def test_nonsense_is_a_broken_seal(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        Vault([NEW]).open(sealed, shop=ALBA, column=COLUMN)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    vault = Vault([NEW])
    seals = {vault.seal("shpat_token", shop=ALBA, column=COLUMN) for _ in range(10)}
    assert len(seals) == 10
