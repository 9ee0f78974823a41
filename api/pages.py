"""The addresses of the web pages that the service itself names: in letters, and on the command line."""


def workspace_page(nis: int | None, slug: str) -> str:
    """The path of a workspace: `/c/84068` of a commune, `/c/gal-des-plateaux` of a group or a province."""
    return f"/c/{slug if nis is None else nis}"


def action_page(nis: int | None, slug: str, action_id: object) -> str:
    """The path of an action in its workspace."""
    return f"{workspace_page(nis, slug)}/actions/{action_id}"


def new_password_page(token: str) -> str:
    """The path where a password is set. The token stands in the fragment, which no server and no log ever sees."""
    return f"/mot-de-passe/nouveau#{token}"
