"""How schemathesis gets in, for `cargo xtask prove schemathesis`.

`PRESSO_ROLE` says as whom it asks: `nobody`, `guest`, or a member of staff who came in by a link,
whose refresh token lies in the file that `PRESSO_REFRESH` names. Paths are about the shop and the
drink that there are, every other time: what is made up alone would be answered 404 for ever.
"""

import json
import os
import random
import threading
import urllib.request

import schemathesis

ROLE = os.environ["PRESSO_ROLE"]
SERVER = os.environ["PRESSO_SERVER"]
# One after the other: a refresh token that is used by two ends the session.
TURN = threading.Lock()
KNOWN = {"shop": "demo", "drink": "espresso", "option": "oat"}


def ask(path, body):
    request = urllib.request.Request(
        SERVER + path,
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    # Never by a proxy: the server is on this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        return json.load(answer)


def tokens():
    if ROLE == "guest":
        return ask("/v1/session/guest", {})
    file = os.environ["PRESSO_REFRESH"]
    with open(file, encoding="utf-8") as kept:
        held = kept.read().strip()
    # A link opens once, and what follows it is a refresh token.
    if "#k=" in held:
        got = ask("/v1/session/link", {"secret": held.split("#k=")[1]})
    else:
        got = ask("/v1/session/refresh", {"refresh": held})
    with open(file, "w", encoding="utf-8") as kept:
        kept.write(got["refresh"])
    return got


if ROLE != "nobody":

    @schemathesis.auth(refresh_interval=240)
    class Session:
        def get(self, case, context):
            with TURN:
                return tokens()["access"]

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    for name, value in KNOWN.items():
        if path_parameters and name in path_parameters and random.random() < 0.5:
            path_parameters[name] = value
    return path_parameters
