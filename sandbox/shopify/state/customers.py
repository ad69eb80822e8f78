"""Buyers, with one complete address each."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class Address:
    id: int
    address1: str
    zip: str
    city: str
    province: str | None
    province_code: str | None
    country: str
    country_code: str
    phone: str | None = None


@dataclass
class Customer:
    id: int
    first_name: str
    last_name: str
    email: str
    locale: str
    address: Address
    created_at: datetime
    updated_at: datetime

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
