"""Work that nobody asks for at the door: what becomes due by date, and what is sent out."""
