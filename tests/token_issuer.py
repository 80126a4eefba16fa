"""An issuer of tokens: real RSA keys, and a real HTTP server that publishes them."""

import json
import time
from base64 import urlsafe_b64encode
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.scripted_server import Script, ScriptedServer, reply

SECRET = "a-secret-of-forty-characters-0123456789+"


def claims(subject: object = "ada", seconds: float = 600, **more: object) -> dict[str, Any]:
    """Claims that are good for so many seconds; a claim that is given as None is left out."""
    every = {"sub": subject, "exp": int(time.time() + seconds), **more}
    return {name: value for name, value in every.items() if value is not None}


def signed(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    """A token signed with a shared secret."""
    return jwt.encode(claims(**changes), secret, algorithm=algorithm)


def segment(data: bytes) -> str:
    """A part of a token, as JWS (RFC 7515) writes it."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unsigned(header: object, payload: object) -> str:
    """A token of these parts with an empty signature."""
    return ".".join([segment(json.dumps(header).encode()), segment(json.dumps(payload).encode()), ""])


class SigningKey:
    """An RSA key pair with a key id."""

    def __init__(self, kid: str, bits: int = 2048) -> None:
        self.kid = kid
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=bits)

    @property
    def pem(self) -> bytes:
        """The public key, as everybody may have it."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.private.public_key().public_bytes(serialization.Encoding.PEM, form)

    def published(self, **changes: Any) -> dict[str, Any]:
        """Its entry in a JWK set."""
        public = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return public | {"kid": self.kid, "use": "sig", "alg": "RS256"} | changes

    def token(self, kid: str | None = None, **changes: Any) -> str:
        """A token signed with it."""
        return jwt.encode(claims(**changes), self.private, algorithm="RS256", headers={"kid": kid or self.kid})


def publishing(*keys: SigningKey) -> Script:
    """What the server of an issuer with these keys answers."""
    return reply(200, {"keys": [key.published() for key in keys]})


def url_of(server: ScriptedServer) -> str:
    """Where it publishes them."""
    return f"http://127.0.0.1:{server.server_port}/jwks.json"
