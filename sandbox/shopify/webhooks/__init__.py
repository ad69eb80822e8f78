"""Payloads as Shopify shapes them, and the courier that brings them to the app."""
