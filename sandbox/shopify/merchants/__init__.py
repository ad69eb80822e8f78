"""What merchants do: with their goods, their stock, their shop, and the app itself."""
