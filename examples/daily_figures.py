"""Figures of each day, as CSV for a spreadsheet: orders, how they ended, how long they took.

Writes FIGURES.csv anew after each event, from FIGURES.db beside it, in which an event counts once
however often it is delivered and whenever this was stopped. Its rule:

    {"type": [{"prefix": "presso.order."}]}
"""

import csv, os, sqlite3
from datetime import datetime
from hook import listen

NAME = os.environ.get("FIGURES", "figures")
# What an order comes to, by what happened to it last.
ENDS = {
    "presso.order.collected.v1": "collected",
    "presso.order.swept.v1": "not_collected",
    "presso.order.cancelled.v1": "cancelled",
    "presso.order.timed_out.v1": "timed_out",
}
db = sqlite3.connect(f"{NAME}.db")
db.executescript(
    """CREATE TABLE IF NOT EXISTS heard (id TEXT PRIMARY KEY);
       CREATE TABLE IF NOT EXISTS orders
         (id TEXT PRIMARY KEY, day TEXT, ordered REAL, ready REAL, ended TEXT);"""
)


def hear(event, _):
    with db:  # all of it or nothing
        # By the event's own id, which it keeps when the past is played again.
        new = db.execute("INSERT OR IGNORE INTO heard VALUES (?)", [event["id"]]).rowcount
        if new:
            note(event["type"], event["subject"], event["time"])
    write()


def note(kind, order, time):
    at = datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()

    def keep(column, value):
        db.execute(f"UPDATE orders SET {column} = ? WHERE id = ?", [value, order])

    if kind == "presso.order.started.v1":
        db.execute("INSERT OR IGNORE INTO orders (id, day) VALUES (?, ?)", [order, time[:10]])
    elif kind == "presso.order.submitted.v1":
        keep("ordered", at)
    elif kind == "presso.order.completed.v1":
        keep("ready", at)
    elif kind == "presso.order.undone.v1":
        keep("ended", None)
    elif kind in ENDS:
        keep("ended", ENDS[kind])


FIGURES = """
  SELECT day, count(*), count(ordered), sum(ended IS 'collected'), sum(ended IS 'not_collected'),
         sum(ended IS 'cancelled'), sum(ended IS 'timed_out'), round(avg(ready - ordered))
  FROM orders GROUP BY day ORDER BY day"""
HEADER = "day,scanned,ordered,collected,not_collected,cancelled,timed_out,mean_s".split(",")


def write():
    with open(f"{NAME}.part", "w", newline="") as part:
        csv.writer(part).writerows([HEADER, *db.execute(FIGURES)])
    os.replace(f"{NAME}.part", f"{NAME}.csv")  # whoever reads it never sees half of it


if __name__ == "__main__":
    listen(hear)
