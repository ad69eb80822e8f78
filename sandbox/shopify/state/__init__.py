"""What the stand-in knows: shops, goods, people, orders and carts, kept in memory."""
