"""How long each drink takes: the mean of the last ten, from ordered to on the counter.

Prints a line when one is ready, and puts it on the bus as `OrderManager.DrinkAverageTime`, so that
a board (or the next rule) can show it, when PRESSO_URL (`http://localhost:8080`), PRESSO_SHOP and
PRESSO_KEY (from `presso sources add demo waiting.times`) say where. Its rule:

    {"type": ["presso.order.submitted.v1", "presso.order.completed.v1", "presso.order.undone.v1"]}

Keeps nothing over a restart: ten drinks later it is right again.
"""

import json, os, urllib.request, uuid
from collections import deque
from datetime import datetime
from hook import listen

LAST = 10
AT_ONCE = 1_000
seen, waiting, times = deque(maxlen=10_000), {}, {}


def hear(event, message):
    if message in seen:
        return
    order, data = event["subject"], event["data"]
    at = datetime.fromisoformat(event["time"].replace("Z", "+00:00"))
    if event["type"] == "presso.order.submitted.v1":
        waiting[order] = (data["choice"]["drink"], at)
        if len(waiting) > AT_ONCE:
            del waiting[next(iter(waiting))]  # ended long ago, in whatever way
    elif event["type"] == "presso.order.completed.v1" and order in waiting:
        drink, since = waiting[order]
        last = times.setdefault(drink, {})
        last[order] = (at - since).total_seconds()
        while len(last) > LAST:
            del last[next(iter(last))]
        told(drink, sum(last.values()) / len(last), message)
    elif event["type"] == "presso.order.undone.v1" and data["verb"] == "complete":
        for last in times.values():
            last.pop(order, None)  # it was not ready after all
    seen.append(message)


def told(drink, mean_s, message):
    print(f"{drink}: {mean_s:.0f} s", flush=True)
    if "PRESSO_KEY" not in os.environ:
        return
    shop = os.environ["PRESSO_SHOP"]
    detail = {"drink": drink, "duration": round(mean_s), "eventId": shop}
    kind = "OrderManager.DrinkAverageTime"
    body = {"source": "waiting.times", "detail-type": kind, "detail": detail}
    put = urllib.request.Request(
        f"{os.environ['PRESSO_URL']}/v1/shops/{shop}/events",
        json.dumps(body).encode(),
        {
            "Authorization": f"Bearer {os.environ['PRESSO_KEY']}",
            "Content-Type": "application/json",
            # The same event heard again puts nothing a second time.
            "Idempotency-Key": str(uuid.uuid5(uuid.NAMESPACE_URL, message)),
        },
    )
    urllib.request.urlopen(put, timeout=5).close()


if __name__ == "__main__":
    listen(hear)
