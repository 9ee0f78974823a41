"""Writing the statement of a read: for one reader, in its language, with its rights."""
