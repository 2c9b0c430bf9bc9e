#!/usr/bin/env python3
"""An anchor's customers, kept by a server of one's own: the Customers hook of Windlass over HTTP.

Everything is in memory, and only Python's standard library is used. The README beside it tells the protocol.
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import secrets
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 300  # seconds that a request may be old
ATTEMPTS = 5  # how often a code may be tried

# Which fields each customer type asks for.
KINDS = {
    "small": {"required": ["first_name", "city"], "optional": []},
    "photo": {"required": ["first_name", "photo_id_front"], "optional": ["photo_id_back"]},
    "phone": {"required": ["mobile_number"], "optional": ["city"]},
}
DEFAULT_KIND = "small"

# What a field is, and what a good value looks like.
FIELDS = {
    "first_name": ("string", "Given or first name.", r"[^\x00-\x1f]{1,100}"),
    "city": ("string", "Name of the city or town.", r"[^\x00-\x1f]{1,100}"),
    "mobile_number": ("string", "Mobile phone number with country code.", r"\+[1-9][0-9]{6,14}"),
    "photo_id_front": ("binary", "Photo of the front of the ID, or of the passport.", None),
    "photo_id_back": ("binary", "Photo of the back of the ID.", None),
}
OTHER_NAMES = {"given_name": "first_name"}
VERIFIED = {"mobile_number"}
PHOTOS = {"image/jpeg", "image/png"}


class Refusal(Exception):
    """What a wallet is told, and the HTTP status."""

    def __init__(self, status, error, code=None, field=None):
        super().__init__(error)
        body = {"error": error, "code": code, "field": field}
        self.status, self.body = status, {k: v for k, v in body.items() if v is not None}


def no_customer():
    # The same words for an unknown id and for somebody else's.
    return Refusal(404, "no such customer", "customer_not_found")


def invalid(field, message, code="invalid_field"):
    return Refusal(400, f"{field} {message}", code, field)


class Customers:
    """The business: each method is an operation, and gets what the anchor sends."""

    def __init__(self):
        self.customers = {}  # id -> {"owner", "values", "files", "codes"}
        self.files = {}  # file id -> {"owner", "customer_id", "content_type", "content"}

    # -- operations --

    def get(self, principal, request, **_):
        kind = self.kind(request)
        return self.answer(kind, self.find(principal, request.get("id")))

    def put(self, principal, request, uploads=None, **_):
        self.kind(request)
        return {"id": self.store(principal, request, uploads or {})}

    def delete(self, principal, **_):
        owner = self.owner(principal)
        mine = [i for i, customer in self.customers.items() if customer["owner"] == owner]
        files = [i for i, file in self.files.items() if file["owner"] == owner]
        if not mine and not files:
            raise no_customer()
        for i in mine:
            del self.customers[i]
        for i in files:
            del self.files[i]
        return {}

    def put_verification(self, principal, request, **_):
        customer_id = self.store(principal, request, {})
        return self.answer(KINDS[DEFAULT_KIND], customer_id)

    def post_file(self, principal, upload, **_):
        return self.told(self.keep(self.owner(principal), upload))

    def list_files(self, principal, request, **_):
        def asked(file_id, file):
            return (
                self.sees(principal, file["owner"])
                and request.get("file_id") in (None, file_id)
                and request.get("customer_id") in (None, file["customer_id"])
            )

        return {"files": [self.told(i) for i, file in self.files.items() if asked(i, file)]}

    def callback(self, **_):
        raise Refusal(501, "callbacks are not offered")

    def more_info_url(self, **_):
        return {"url": None}

    # -- whose customer --

    @staticmethod
    def owner(principal):
        return (principal["account"], principal.get("memo_type"), principal.get("memo"))

    def sees(self, principal, owner):
        """Whether the customer is the caller's: an account without a memo sees all its users."""
        if principal["all_memos"]:
            return owner[0] == principal["account"]
        return owner == self.owner(principal)

    def find(self, principal, customer_id):
        """The id of the customer that the request is about; None if it is not registered."""
        if customer_id is not None:
            customer = self.customers.get(customer_id)
            if customer is None or not self.sees(principal, customer["owner"]):
                raise no_customer()
            return customer_id
        owner = self.owner(principal)
        return next((i for i, c in self.customers.items() if c["owner"] == owner), None)

    # -- what is stored --

    def store(self, principal, request, uploads):
        """All or nothing: everything is judged before anything is changed."""
        customer_id = self.find(principal, request.get("id"))
        known = self.customers.get(customer_id, {"values": {}, "files": {}, "codes": {}})
        values, references, codes = {}, {}, {}
        for name, value in request.items():
            if name.endswith("_verification"):
                codes[canonical(name.removesuffix("_verification"))] = value
            elif name.endswith("_file_id"):
                references[name.removesuffix("_file_id")] = value
            elif canonical(name) in FIELDS:
                values[canonical(name)] = judged(name, value)
            # Other names mean nothing here and are left out.
        for field, file_id in references.items():
            self.check_file(principal, customer_id, field, file_id)
        for field, code in codes.items():
            self.check_code(known, field, code)

        if customer_id is None:
            customer_id = str(uuid.uuid4())
            owner = self.owner(principal)
            known = {"owner": owner, "values": {}, "files": {}, "codes": {}}
            self.customers[customer_id] = known
        for field in codes:
            known["codes"].pop(field, None)
        for field, value in values.items():
            if known["values"].get(field) != value and field in VERIFIED:
                self.send_code(known, field, value)
            known["values"][field] = value
        for field, upload in uploads.items():
            if field in FIELDS:
                references[field] = self.keep(known["owner"], upload)
        for field, file_id in references.items():
            old = known["files"].get(field)
            if old not in (None, file_id):
                del self.files[old]
            known["files"][field] = file_id
            self.files[file_id]["customer_id"] = customer_id
        return customer_id

    def check_file(self, principal, customer_id, field, file_id):
        file = self.files.get(file_id)
        mine = file is not None and file["owner"] == self.owner(principal)
        if not mine or file["customer_id"] not in (None, customer_id):
            raise invalid(field + "_file_id", "is no file of yours", "file_not_found")
        if FIELDS.get(field, ("",))[0] != "binary" or file["content_type"] not in PHOTOS:
            raise invalid(field + "_file_id", "is a file of another kind")

    @staticmethod
    def check_code(customer, field, text):
        # That it was tried counts, whatever becomes of the request.
        code = customer["codes"].get(field)
        if code is not None:
            code["left"] -= 1
        good = code is not None and code["left"] >= 0 and isinstance(text, str)
        if not good or not hmac.compare_digest(code["text"], text):
            raise invalid(field + "_verification", "is not the code that was sent", "invalid_code")

    @staticmethod
    def send_code(customer, field, to):
        code = f"{secrets.randbelow(10**6):06}"
        customer["codes"][field] = {"text": code, "left": ATTEMPTS}
        # A real one hands it to whoever sends text messages.
        print(f"code {to} {code}", flush=True)

    def keep(self, owner, upload):
        file_id = str(uuid.uuid4())
        content = base64.b64decode(upload["content"])
        file = {"owner": owner, "customer_id": None, "content": content}
        self.files[file_id] = file | {"content_type": upload["content_type"]}
        return file_id

    def told(self, file_id):
        file = self.files[file_id]
        told = {"file_id": file_id, "content_type": file["content_type"], "size": len(file["content"])}
        return told | ({"customer_id": file["customer_id"]} if file["customer_id"] else {})

    # -- what is answered --

    @staticmethod
    def kind(request):
        name = request.get("type", DEFAULT_KIND)
        if name not in KINDS:
            text = "this anchor does not know that type of customer"
            raise Refusal(400, text, "unknown_customer_type", "type")
        return KINDS[name]

    def answer(self, kind, customer_id):
        """The customer, as SEP-12's GET /customer answers."""
        known = self.customers.get(customer_id, {"values": {}, "files": {}, "codes": {}})
        wanted, provided, missing = {}, {}, False
        for field in kind["required"] + kind["optional"]:
            optional = field in kind["optional"]
            told = {"type": FIELDS[field][0], "description": FIELDS[field][1]}
            told |= {"optional": True} if optional else {}
            if field in known["codes"]:
                provided[field] = told | {"status": "VERIFICATION_REQUIRED"}
                missing |= not optional
            elif field in known["values"] or field in known["files"]:
                provided[field] = told | {"status": "ACCEPTED"}
            else:
                wanted[field] = told
                missing |= not optional
        answer = {"status": "NEEDS_INFO" if missing else "ACCEPTED"}
        if missing or wanted:
            answer["fields"] = wanted
        if provided:
            answer["provided_fields"] = provided
        return answer | ({"id": customer_id} if customer_id else {})


def canonical(name):
    return OTHER_NAMES.get(name, name)


def judged(name, value):
    pattern = FIELDS[canonical(name)][2]
    if not isinstance(value, str) or pattern is None or not re.fullmatch(pattern, value):
        raise invalid(name, "is not a good value for this field")
    return value


class Handler(BaseHTTPRequestHandler):
    """Checks the signature, keeps to the idempotency key, and signs the answer."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        operation, key = self.path.strip("/"), self.headers.get("Idempotency-Key", "")
        if not self.server.is_signed(self.headers.get("Windlass-Signature", ""), operation, key, body):
            return self.answer(401, b"{}", key)
        with self.server.lock:
            if key not in self.server.answered:
                self.server.answered[key] = self.server.handle_call(operation, body)
            status, answer = self.server.answered[key]
        self.answer(status, answer, key)

    def answer(self, status, body, key):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Windlass-Signature", self.server.sign(str(status), key, body))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass  # the anchor writes a log


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port, key_id, secret):
        super().__init__(("127.0.0.1", port), Handler)
        self.key_id, self.secret = key_id, secret
        self.lock = threading.Lock()  # one call at a time
        self.answered = {}  # by idempotency key; a real one forgets them after a day
        business = Customers()
        self.operations = {
            "customers/get": business.get,
            "customers/put": business.put,
            "customers/delete": business.delete,
            "customers/put_verification": business.put_verification,
            "customers/callback": business.callback,
            "customers/post_file": business.post_file,
            "customers/files": business.list_files,
            "customers/more_info_url": business.more_info_url,
        }

    def handle_call(self, operation, body):
        if operation not in self.operations:
            return 501, b'{"error": "unknown operation"}'
        try:
            status, answer = 200, self.operations[operation](**json.loads(body))
        except Refusal as refusal:
            status, answer = refusal.status, refusal.body
        return status, json.dumps(answer).encode()

    def tag(self, at, what, key, body):
        signed = f"{at}.{what}.{key}.".encode() + body
        return hmac.new(self.secret, signed, hashlib.sha256).hexdigest()

    def sign(self, what, key, body):
        at = int(time.time())
        return f"t={at}, kid={self.key_id}, v1={self.tag(at, what, key, body)}"

    def is_signed(self, header, operation, key, body):
        parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
        at = parts.get("t", "")
        fresh = at.isdecimal() and abs(time.time() - int(at)) <= TOLERANCE
        good = hmac.compare_digest(parts.get("v1", ""), self.tag(at, operation, key, body))
        return fresh and good and parts.get("kid") == self.key_id


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9000, help="0 takes a free one")
    parser.add_argument("--key-id", default="main")
    parser.add_argument("--secret", required=True, help="in base64, the same as in windlass.toml")
    options = parser.parse_args()
    server = Server(options.port, options.key_id, base64.b64decode(options.secret))
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
