"""Checks a bearer token and says whose it is.

The settings fix the algorithm; what a token says about it only has to agree. So neither `none` nor a token that is
signed with a public key as if that were a shared secret gets anywhere.
"""

from collections.abc import Callable

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.exceptions import InvalidSubjectError

from interviewer.errors import NotSignedIn
from interviewer.identity.published_keys import PublishedKeys
from interviewer.settings import Settings

LEEWAY_S = 10
"""How far the clock of whoever issues tokens may be off ours, for exp, nbf and iat."""

LONGEST_SUBJECT = 255
"""Characters, as OpenID Connect Core 1.0 (section 2, `sub`) has it."""

KeyFor = Callable[[str | None], str | RSAPublicKey]
"""The key for a token's `kid` (None: it names none). Raises NotSignedIn, KeysUnavailable."""

FAULTS: tuple[tuple[type[jwt.PyJWTError], str], ...] = (
    (jwt.ExpiredSignatureError, "it has expired"),
    (jwt.ImmatureSignatureError, "it is not valid yet"),
    (jwt.InvalidAudienceError, "it is for another audience"),
    (InvalidSubjectError, "its sub is no text"),
    (jwt.InvalidAlgorithmError, "its algorithm is not the one taken here"),
    (jwt.InvalidSignatureError, "its signature is wrong"),
    (jwt.InvalidKeyError, "its key is too weak"),
)
"""Our own words: those of the library may quote the token, and these go into the log and a header."""


class TokenVerifier:
    """Tokens of one issuer, signed by one algorithm. Safe for many threads.

    Without `audience` a token that names one is refused: it was made for somebody else.
    """

    def __init__(self, algorithm: str, key_for: KeyFor, audience: str | None) -> None:
        self._algorithm = algorithm
        self._key_for = key_for
        self._audience = audience

    def subject(self, token: str) -> str:
        """The `sub` of a valid token: 1-255 printable characters.

        Raises NotSignedIn with what is wrong; KeysUnavailable when the keys to tell cannot be had.
        """
        try:
            return _user_id(self._claims(token)["sub"])
        except jwt.MissingRequiredClaimError as error:
            raise NotSignedIn(f"it has no {error.claim}") from None
        except jwt.PyJWTError as error:
            raise NotSignedIn(_fault(error)) from None  # the cause would bring the token into a traceback

    def _claims(self, token: str) -> dict[str, object]:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != self._algorithm:  # before anything is fetched on its behalf
            raise jwt.InvalidAlgorithmError
        claims: dict[str, object] = jwt.decode(
            token,
            self._key_for(header.get("kid")),
            algorithms=[self._algorithm],
            audience=self._audience,
            leeway=LEEWAY_S,
            options={"require": ["exp", "sub"], "enforce_minimum_key_length": True},
        )
        return claims


def verifier_for(settings: Settings) -> TokenVerifier | None:
    """What checks the tokens that these settings ask for; None where they ask for none."""
    if settings.jwt_jwks_url is not None:
        return TokenVerifier("RS256", PublishedKeys(settings.jwt_jwks_url).find, settings.jwt_audience)
    if settings.jwt_secret is not None:
        secret = settings.jwt_secret.get_secret_value()
        return TokenVerifier("HS256", lambda _kid: secret, settings.jwt_audience)
    return None


def _user_id(subject: object) -> str:
    """The subject, if it can be kept, shown and compared: no control characters, no half of a surrogate pair."""
    if not isinstance(subject, str) or not subject.isprintable() or not subject.strip():
        raise NotSignedIn("its sub is no printable text")
    if len(subject) > LONGEST_SUBJECT:
        raise NotSignedIn(f"its sub is over {LONGEST_SUBJECT} characters long")
    return subject


def _fault(error: jwt.PyJWTError) -> str:
    return next((words for kind, words in FAULTS if isinstance(error, kind)), "it is malformed")
