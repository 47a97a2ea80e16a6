"""An OpenID provider on this machine, by idpyoidc, and what a hostile one would answer in its place.

`twists` stand between the provider and whom it answers: by the name of an endpoint, a function that takes an `Answer` and
changes it. `signed` makes tokens with any claims, keys and algorithms, with the keys of the provider to begin with.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives import serialization
from idpyoidc.server import Server

from dossiers import dossier
from guichet.records.acces import Compte

CLIENT, SECRET = "guichet", "a secret of forty characters, or nearly so"
HERE = "http://127.0.0.1:8000"
"""The name of this site in `settings.BASE_URL`."""
NESTED = "[" * 20_000 + "]" * 20_000
BACK = "/connexion/franceconnect/retour"
WHO = "claire"
CLAIRE = {
    **{"family_name": "ESSAI", "given_name": "Claire", "gender": "female", "birthdate": "1990-05-12"},
    **{"birthplace": "75056", "birthcountry": "99100", "email": "claire@exemple.fr"},
}
OIDC = "idpyoidc.server.oidc"
logging.getLogger("idpyoidc").setLevel(logging.ERROR)


@dataclass
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    parts: Any = None
    """Instead of a body: what gives it piece by piece."""

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    @json.setter
    def json(self, told: object) -> None:
        self.body = json.dumps(told).encode()


def _configuration(issuer: str) -> dict[str, Any]:
    def keys(kid: str) -> dict[str, Any]:
        return {"key_defs": [{"type": "oct", "bytes": 24, "use": ["enc"], "kid": kid}]}

    endpoint = {
        "provider_config": (".well-known/openid-configuration", f"{OIDC}.provider_config.ProviderConfiguration", None),
        "authorization": ("authorize", f"{OIDC}.authorization.Authorization", None),
        "token": ("token", f"{OIDC}.token.Token", ["client_secret_post"]),
        "userinfo": ("userinfo", f"{OIDC}.userinfo.UserInfo", ["bearer_header"]),
        "end_session": ("session/end", f"{OIDC}.session.Session", None),
    }
    pivot = ["given_name", "family_name", "gender", "birthdate", "birthplace", "birthcountry"]
    code = {"supports_minting": ["access_token", "id_token"], "max_usage": 1}
    granted = {"usage_rules": {"authorization_code": code, "access_token": {}}, "expires_in": 600}
    session_keys = {"key_defs": [{"type": "oct", "use": ["enc"], "kid": kid} for kid in ("password", "salt")]}
    return {
        "issuer": issuer,
        "key_conf": {
            "key_defs": [{"type": "RSA", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}],
            "uri_path": "jwks",
        },
        "token_handler_args": {
            "code": {"lifetime": 60},
            "token": {"class": "idpyoidc.server.token.jwt_token.JWTToken", "kwargs": {"lifetime": 60}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {}},
            "key_conf": keys("code"),
        },
        "session_params": {"encrypter": {"kwargs": {"keys": session_keys, "iterations": 1}}},
        "endpoint": {
            name: {"path": path, "class": of, "kwargs": {"client_authn_method": methods}}
            for name, (path, of, methods) in endpoint.items()
        },
        "add_ons": {"pkce": {"function": "idpyoidc.server.oauth2.add_on.pkce.add_support", "kwargs": {"essential": True}}},
        "authentication": {
            "eidas1": {"acr": "eidas1", "class": "idpyoidc.server.user_authn.user.NoAuthn", "kwargs": {"user": WHO}}
        },
        "userinfo": {"class": "idpyoidc.server.user_info.UserInfo", "kwargs": {"db": {WHO: dict(CLAIRE)}}},
        "scopes_to_claims": {"openid": ["sub"], "identite_pivot": pivot, "email": ["email"]},
        "authz": {"class": "idpyoidc.server.authz.AuthzHandling", "kwargs": {"grant_config": granted}},
    }


class IdentityProvider:
    """The provider, on a port of its own. `asked` are the endpoints that were called, with what was sent to them."""

    def __init__(self) -> None:
        self.twists: dict[str, Callable[[Answer], object]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                provider._answer(self, dict(parse_qsl(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                provider._answer(self, dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode())))

            def log_message(self, *arguments: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self.url = f"{self.origin}/api/v2"
        self._oidc = Server(_configuration(self.url))
        self._oidc.keyjar.add_symmetric(CLIENT, SECRET)
        self._endpoints = {
            urlsplit(endpoint.full_path).path: (name, endpoint) for name, endpoint in self._oidc.endpoint.items()
        }
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def begin(self, site: str) -> None:
        """As it is at first, for the site of this address."""
        self.twists.clear()
        self.asked.clear()
        self.knows()
        pages = (f"{site}{prefix}/connexion/franceconnect/{page}" for prefix in ("", "/en") for page in ("retour", "fin"))
        self._oidc.context.cdb[CLIENT] = {
            **{"client_id": CLIENT, "client_secret": SECRET, "redirect_uris": [(page, {}) for page in pages]},
            **{"response_types_supported": ["code"], "token_endpoint_auth_method": "client_secret_post"},
            **{"userinfo_signed_response_alg": "ES256", "id_token_signed_response_alg": "RS256"},
            **{"allowed_scopes": ["openid", "identite_pivot", "email"]},
            "scopes_to_claims": self._oidc.conf["scopes_to_claims"],
        }

    def knows(self, **claims: str) -> None:
        """What it says of the only person that it knows."""
        self._oidc.context.userinfo.db[WHO] = {**CLAIRE, **claims}

    def asks_no_proof_of_the_code(self) -> None:
        """It knows nothing of PKCE."""
        self._oidc.context.cdb[CLIENT]["pkce_essential"] = False

        def forget(answer: Answer) -> None:
            answer.json = {name: value for name, value in answer.json.items() if "challenge" not in name}

        self.twists["provider_config"] = forget

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    # What it answers

    def _answer(self, handler: BaseHTTPRequestHandler, sent: dict[str, str]) -> None:
        path = urlsplit(handler.path).path
        answer = Answer()
        try:
            name = self._genuine(path, sent, {name.lower(): value for name, value in handler.headers.items()}, answer)
        except Exception as error:  # as a provider does of what it refuses
            name, answer.status, answer.body = path, 400, repr(error).encode()
        self.asked.append((name, sent))
        if twist := self.twists.get(name):
            twist(answer)
        handler.send_response(answer.status)
        length = {"Content-Length": str(len(answer.body))} if answer.parts is None else {"Connection": "close"}
        for header, value in (length | answer.headers).items():
            handler.send_header(header, value)
        handler.end_headers()
        try:
            for part in answer.parts or [answer.body]:
                handler.wfile.write(part)
                handler.wfile.flush()
        except OSError:
            pass  # whom it answers has left

    def _genuine(self, path: str, sent: dict[str, str], headers: dict[str, str], answer: Answer) -> str:
        if path == "/api/v2/jwks":
            answer.body = self._oidc.keyjar.export_jwks_as_json().encode()
            return "jwks"
        name, endpoint = self._endpoints[path]
        if name == "session":
            self._close(sent, answer)
            return name
        about = {"headers": headers}
        read = endpoint.parse_request({} if name == "userinfo" else sent, http_info=about)
        done = endpoint.process_request(read, http_info=about)
        if "error" in done:
            answer.status, answer.json = 400, done.to_dict()
            return name
        told = endpoint.do_response(**{"request": read, **done})
        if name == "authorization":
            answer.status, answer.headers["Location"] = 302, told["response"]
        else:
            answer.body = told["response"].encode()
            answer.headers |= dict(told["http_headers"])
            answer.status = 400 if b'"error"' in answer.body else 200
        return name

    def _close(self, sent: dict[str, str], answer: Answer) -> None:
        """As FranceConnect does: the hint is its own, the address was told; no page is shown."""
        jwt.decode(sent["id_token_hint"], self.key("RS256").public_key(), ["RS256"], audience=CLIENT)
        known = [address for address, _ in self._oidc.context.cdb[CLIENT]["redirect_uris"]]
        assert sent["post_logout_redirect_uri"] in known
        answer.status = 302
        answer.headers["Location"] = f"{sent['post_logout_redirect_uri']}?{urlencode({'state': sent['state']})}"

    # Tokens

    def key(self, algorithm: str) -> Any:
        """Its private key for this algorithm."""
        return self._jwk(algorithm).private_key()

    def _jwk(self, algorithm: str) -> Any:
        (key,) = self._oidc.keyjar.get_signing_key({"RS256": "RSA", "ES256": "EC"}[algorithm])
        return key

    def kid(self, algorithm: str) -> str:
        return self._jwk(algorithm).kid

    def public_pem(self) -> bytes:
        public = self.key("RS256").public_key()
        return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def signed(self, claims: dict[str, Any], algorithm: str = "RS256", key: Any = None, **headers: Any) -> str:
        """A token with these claims: by default, one that this provider could have made."""
        kid = {"kid": self.kid(algorithm)} if algorithm in ("RS256", "ES256") else {}
        named = {name: value for name, value in {**kid, **headers}.items() if value is not None}
        told = json.dumps(claims).encode()  # PyJWT's own door refuses some of them
        return jwt.api_jws.encode(told, key or self.key(algorithm), algorithm, headers=named)


def forged(claims: dict[str, Any], secret: bytes, header: dict[str, Any] | str) -> str:
    """A token that PyJWT refuses to make: any header, and the signature of HS256 if that is what it says, else none."""
    told = header if isinstance(header, str) else json.dumps(header)
    parts = [base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in (told, json.dumps(claims))]
    signature = hmac.new(secret, b".".join(parts), hashlib.sha256).digest() if '"HS256"' in told else b""
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def claims_of(token: str) -> dict[str, Any]:
    """What a token says, whoever wrote it."""
    return jwt.decode(token, options={"verify_signature": False})


# The person that it knows


def claire(matricule: str = "0000354", **recorded: str) -> Any:
    """Her file, in which her civil status is `recorded` so."""
    file = dossier(matricule)
    file.personne_set.update(**{"sexe": "F", "lieu_naissance": "75056", **recorded})
    return file


def comes_back(client: Any, start: str = "/connexion/franceconnect") -> Any:
    """Go there, say who one is, come back: the answer to who comes back."""
    there = client.get(start)
    assert there.status_code == 302, there.content
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix(HERE))


def opens_nothing(client: Any, page: Any, *statuses: int) -> None:
    """One of these errors, on a page that says what to do; nobody is logged in, no account is made."""
    assert page.status_code in statuses
    assert 'href="/connexion' in page.content.decode()
    assert "Set-Cookie" not in page.headers
    assert not Compte.objects.exists()
    assert client.get("/mon-compte").status_code == 302
