import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["PRESSO_SECRET"].removeprefix("whsec_"))
seen, whose, points = set(), {}, {}


def is_signed(headers, body):
    message, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdecimal() or abs(time.time() - int(at)) > 300:
        return False
    digest = hmac.new(KEY, f"{message}.{at}.".encode() + body, hashlib.sha256).digest()
    right = b"v1," + base64.b64encode(digest)
    signatures = headers.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(right, one) for one in signatures)


def hear(event):
    order, data = event["subject"], event["data"]
    if event["type"] == "presso.order.started.v1":
        whose[order] = data["customer"]
    elif order in whose:
        customer = whose.pop(order)
        points[customer] = points.get(customer, 0) + 1
        print(f"{customer[:8]} has {points[customer]} point(s)", flush=True)


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        signed, message = is_signed(self.headers, body), self.headers.get("webhook-id")
        if signed and message not in seen:
            hear(json.loads(body))
            seen.add(message)
        self.send_response(204 if signed else 401)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", 4000))), Hook).serve_forever()
