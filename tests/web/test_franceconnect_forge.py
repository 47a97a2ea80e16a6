"""Forged answers of FranceConnect: each is refused, with a page, and opens nothing."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from identity_provider import CLIENT, NESTED, SECRET, claims_of, claire, comes_back, forged, opens_nothing

pytestmark = pytest.mark.django_db
NOW = int(time.time())
STRANGER, STRANGER_EC = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())


def changed(**claims):
    """The same token, signed by the provider, with other claims; None takes one away."""

    def make(provider, token, algorithm):
        told = {name: value for name, value in (claims_of(token) | claims).items() if value is not None}
        return provider.signed(told, algorithm, typ=None)

    return make


def signed(algorithm, key=None, **headers):
    """The same claims, signed otherwise. `key` is given the provider."""
    return lambda provider, token, _: provider.signed(claims_of(token), algorithm, key and key(provider), **headers)


def with_header(secret=lambda provider: b"", **header):
    """The same claims, under any header, with the signature of HS256 or none."""

    def make(provider, token, algorithm):
        about = {name: kid(provider) if callable(kid) else kid for name, kid in header.items()}
        return forged(claims_of(token), secret(provider), {"kid": provider.kid(algorithm), **about})

    return make


def cut(part, text):
    """The same token, one of its three parts replaced."""

    def make(provider, token, algorithm):
        parts = token.split(".")
        parts[part] = text(parts[part])
        return ".".join(parts)

    return make


JWK = jwt.algorithms.RSAAlgorithm.to_jwk(STRANGER.public_key(), as_dict=True)
FORGED = {
    "alg none": with_header(alg="none"),
    "alg None": with_header(alg="NonE"),
    "no alg": with_header(alg=None),
    "HS256 with the public key": with_header(lambda provider: provider.public_pem(), alg="HS256"),
    "HS256 with the public key, key of the other algorithm": with_header(
        lambda provider: provider.public_pem(), alg="HS256", kid=lambda provider: provider.kid("ES256")
    ),
    "HS256 with our secret": with_header(lambda provider: SECRET.encode(), alg="HS256"),
    "HS256 with nothing": with_header(alg="HS256"),
    "RS384": signed("RS384", lambda provider: provider.key("RS256"), kid="RS256"),
    "RS512 under the right name": lambda provider, token, _: provider.signed(
        claims_of(token), "RS512", provider.key("RS256"), kid=provider.kid("RS256")
    ),
    "PS256": lambda provider, token, _: provider.signed(
        claims_of(token), "PS256", provider.key("RS256"), kid=provider.kid("RS256")
    ),
    "another key under the right name": signed("RS256", lambda provider: STRANGER),
    "another curve's key under the right name": signed("ES256", lambda provider: STRANGER_EC),
    "a key that is not published": signed("RS256", lambda provider: STRANGER, kid="stranger"),
    "a key in the header": signed("RS256", lambda provider: STRANGER, kid="stranger", jwk=JWK),
    "a key in the header, under the right name": signed("RS256", lambda provider: STRANGER, jwk=JWK),
    "keys at another address": signed("RS256", lambda provider: STRANGER, kid="x", jku="https://elsewhere.example/jwks"),
    "no name of a key": signed("RS256", kid=None),
    "the name of a key is a path": signed("RS256", lambda provider: STRANGER, kid="../../dev/null"),
    "an extension that must be known": signed("RS256", crit=["exp2"], exp2=1),
    "no signature": cut(2, lambda text: ""),
    "half of a signature": cut(2, lambda text: text[: len(text) // 2]),
    "another signature": cut(2, lambda text: text[::-1]),
    "other claims under the signature": cut(1, lambda text: text[:-6] + "AAAAAA"),
    "a header that is no JSON": cut(0, lambda text: "AAAA"),
    "a header too deep": lambda provider, token, _: forged(claims_of(token), b"", NESTED),
    "nothing": lambda *_: "",
    "no token": lambda *_: "a.b.c",
    "four parts": lambda provider, token, _: f"{token}.a",
    "bytes that are no text": lambda *_: "é\ud7ff\u202e" * 50,
    "another issuer": changed(iss="https://elsewhere.example/api/v2"),
    "almost our issuer": lambda provider, token, algorithm: changed(iss=provider.url + "/")(provider, token, algorithm),
    "no issuer": changed(iss=None),
    "several issuers": lambda provider, token, algorithm: changed(iss=[provider.url])(provider, token, algorithm),
    "another audience": changed(aud="another-site"),
    "another audience in a list": changed(aud=["another-site"]),
    "another audience beside us": changed(aud=[CLIENT, "another-site"]),
    "no audience": changed(aud=None),
    "an empty audience": changed(aud=[]),
    "part of our name": changed(aud=CLIENT[:-1]),
    "given to another party": changed(azp="another-site"),
    "expired": changed(exp=NOW - 3600),
    "expires at no time": changed(exp="never"),
    "not yet valid": changed(nbf=NOW + 3600),
    "made in the future": changed(iat=NOW + 3600),
    "nobody": changed(sub=None),
    "a number for a name": changed(sub=12),
    "an empty name": changed(sub=""),
}
OF_ID_TOKEN = {
    "without an end": changed(exp=None),
    "without a beginning": changed(iat=None),
    "another nonce": changed(nonce="A" * 43),
    "no nonce": changed(nonce=None),
    "a nonce that is a list": changed(nonce=["A" * 43]),
    "acr eidas0": changed(acr="eidas0"),
    "acr of another scale": changed(acr="https://elsewhere.example/eidas3"),
    "acr in a list": changed(acr=["eidas1"]),
    "no acr": changed(acr=None),
    "the access token": lambda provider, token, _: provider.signed({**claims_of(token), "nonce": None, "acr": None}),
}
OF_USERINFO = {
    "another person": changed(sub="somebody else"),
    "unsigned": lambda provider, token, _: json.dumps(claims_of(token)),
    "unsigned, in quotes": lambda provider, token, _: f'"{token}"',
}


@pytest.mark.parametrize("forgery", [*FORGED, *OF_ID_TOKEN])
def test_a_forged_id_token_is_refused(client, provider, forgery, caplog):
    claire()

    def forge(answer):
        told = answer.json
        answer.json = told | {"id_token": {**FORGED, **OF_ID_TOKEN}[forgery](provider, told["id_token"], "RS256")}

    provider.twists["token"] = forge
    page = comes_back(client)
    opens_nothing(client, page, 403 if forgery != "nothing" else 503)
    assert "userinfo" not in dict(provider.asked)
    says_nothing(caplog, provider)


@pytest.mark.parametrize("forgery", [*FORGED, *OF_USERINFO])
def test_a_forged_userinfo_is_refused(client, provider, forgery, caplog):
    claire()

    def forge(answer):
        token = {**FORGED, **OF_USERINFO}[forgery](provider, answer.body.decode(), "ES256")
        answer.body = token.encode(errors="replace")

    provider.twists["userinfo"] = forge
    opens_nothing(client, comes_back(client), 403)
    says_nothing(caplog, provider)


def says_nothing(caplog, provider):
    """Our log tells of the failure, not of the person, nor of what would open something."""
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("guichet")]
    assert ours
    for secret in ("Claire", "ESSAI", "eyJ", SECRET, dict(provider.asked)["token"]["code"]):
        assert secret not in "".join(ours)


def test_the_genuine_token_signed_again_is_believed(client, provider):
    """The forgeries above are refused for what is wrong in them alone."""
    claire()

    def again(answer):
        told = answer.json
        answer.json = told | {"id_token": changed()(provider, told["id_token"], "ES256")}

    def again_too(answer):
        answer.body = changed(aud=CLIENT, azp=CLIENT)(provider, answer.body.decode(), "RS256").encode()

    provider.twists |= {"token": again, "userinfo": again_too}
    assert comes_back(client).url == "/mon-compte"


WEAK = rsa.generate_private_key(65537, 1024)
OCT = {"kty": "oct", "alg": "HS256", "k": "AAAA"}


@pytest.mark.parametrize(
    ("keys", "forge"),
    [
        (None, None),
        ("keys", None),
        ([], None),
        (["key", 1, None, []], None),
        ([{}], None),
        ([{"kty": "RSA"}], None),
        ([{"kty": "RSA", "n": "AA", "e": "AA"}], None),
        ([{"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}], None),
        ([{**OCT}], with_header(lambda provider: b"\0\0\0", alg="HS256")),
        ([{**OCT, "alg": "RS256"}], with_header(lambda provider: b"\0\0\0", alg="HS256")),
        ([JWK | {"use": "enc"}], signed("RS256", lambda provider: STRANGER)),
        ([JWK | {"alg": "HS256"}], None),
        ([JWK | {"alg": "RS512"}], signed("RS512", lambda provider: STRANGER, kid=None)),
        (
            [jwt.algorithms.RSAAlgorithm.to_jwk(WEAK.public_key(), as_dict=True)],
            lambda provider, token, _: provider.signed(claims_of(token), "RS256", WEAK),
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_keys_that_are_none_open_nothing(client, provider, keys, forge):
    claire()
    kid = provider.kid("RS256")

    def publish(answer):
        named = [key | {"kid": kid} if isinstance(key, dict) else key for key in keys] if isinstance(keys, list) else keys
        answer.json = {"keys": named}

    def sign(answer):
        if forge:
            answer.json |= {"id_token": forge(provider, answer.json["id_token"], "RS256")}

    provider.twists |= {"jwks": publish, "token": sign}
    opens_nothing(client, comes_back(client), 403)
