"""The GraphQL door: the same concepts, rights and refusals as REST, asked as one selection."""
