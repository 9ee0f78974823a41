"""What every answer owes first: the token verified, the rights read, row-level security opened, one snapshot."""

import functools
import json
import os
import time

import jwt
from django.db import connection, transaction

ISSUER = os.environ["PEER_ISSUER"]
KEYS = {key.key_id: key for key in jwt.PyJWKSet.from_json(os.environ["PEER_JWKS"]).keys}


@functools.lru_cache(maxsize=4096)
def verified(token):
    """The claims of a token; its signature is looked at once, as in our service."""
    key = KEYS[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["ES256"], issuer=ISSUER, audience=f"{ISSUER}/pst/v1")


def entered(view):
    """The view in a transaction that shows one snapshot of what the bearer may reach, its rights read anew."""

    @functools.wraps(view)
    def answer(request, *args, **more):
        claims = verified(request.headers["Authorization"].partition(" ")[2])
        if claims["exp"] <= time.time():
            raise PermissionError("the token is over")
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select enter(%s, null, null, null, %s, null)::text", [claims["sub"], claims["jti"]])
                told = json.loads(cursor.fetchone()[0])
            if told["status"] != "ok":
                raise PermissionError(told["status"])
            request.workspace = told["workspace_id"]
            return view(request, *args, **more)

    return answer
