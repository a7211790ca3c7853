"""What every consumer in Python shares: hears signed webhooks, each of them once.

`listen(hear)` calls `hear(event, message_id)` for what Presso has signed (Standard Webhooks) and
answers 204 once it has returned. What it raises is answered 500: Presso tries again.
"""

import base64, hashlib, hmac, json, os, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer

OLD_S = 300


def is_signed(key, headers, body, now):
    """Is this from whoever has the key, and from now?"""
    message, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdecimal() or abs(now - int(at)) > OLD_S:
        return False
    digest = hmac.new(key, f"{message}.{at}.".encode() + body, hashlib.sha256).digest()
    right = b"v1," + base64.b64encode(digest)
    signatures = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(right, one) for one in signatures)


def listen(hear):
    """Serves `http://127.0.0.1:PORT/`, for ever. `PRESSO_SECRET` is what `presso rules put` told."""
    key = base64.b64decode(os.environ["PRESSO_SECRET"].removeprefix("whsec_"))

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(self.heard(body))
            self.end_headers()

        def heard(self, body):
            if not is_signed(key, self.headers, body, time.time()):
                return 401
            try:
                hear(json.loads(body), self.headers["webhook-id"])
            except Exception as why:
                print(f"not done, and asked for again: {why}", file=sys.stderr)
                return 500
            return 204

        def log_message(self, *_):
            pass

    HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 4000))), Hook).serve_forever()
