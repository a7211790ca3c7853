// Tells a chat room what its people should look at: the door, drinks that nobody makes or fetches.
//
// CHAT_URL is the room's incoming webhook, which takes {"text": …} (Slack, Mattermost, Rocket.Chat,
// Google Chat, Teams workflows); for Discord CHAT_FIELD=content. Its rule:
//
//     {"type": ["presso.shop.opened.v1", "presso.shop.closed.v1",
//               "presso.order.timed_out.v1", "presso.order.swept.v1"]}
//
// Presso is answered once the room has the line, so that a room that is away is told later. No name
// and no address is in a line: an order is called by the first letters of its identifier.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { PRESSO_SECRET, CHAT_URL, CHAT_FIELD = "text", PORT = "4000" } = process.env;
const key = Buffer.from(PRESSO_SECRET.replace("whsec_", ""), "base64");
const seen = new Set(); // the newest, in the order in which they came
const KEPT = 10_000;

const LINES = {
  "presso.shop.opened.v1": () => "The shop is open.",
  "presso.shop.closed.v1": () => "The shop is closed.",
  "presso.order.swept.v1": (order) => `Nobody fetched order ${order}.`,
  "presso.order.timed_out.v1": (order, { cause }) =>
    cause === "barista" ? `Order ${order} was not made in time.` : null,
};

function isSigned(headers, body) {
  const message = headers["webhook-id"], at = headers["webhook-timestamp"];
  if (!/^\d+$/.test(at) || Math.abs(Date.now() / 1000 - Number(at)) > 300) return false;
  const digest = createHmac("sha256", key).update(`${message}.${at}.`).update(body).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((one) => {
    const given = Buffer.from(one.replace("v1,", ""), "base64");
    return one.startsWith("v1,") && given.length === digest.length && timingSafeEqual(given, digest);
  });
}

async function hear({ type, source, subject, data }) {
  const line = LINES[type]?.(subject?.slice(0, 8), data);
  if (!line) return;
  const text = `${source.replace("/shops/", "")}: ${line}`;
  const said = await fetch(CHAT_URL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ [CHAT_FIELD]: text }),
    signal: AbortSignal.timeout(5000),
  });
  if (!said.ok) throw new Error(`the room answered ${said.status}`);
}

async function answer(request) {
  const body = Buffer.concat(await request.toArray());
  const message = request.headers["webhook-id"];
  if (!isSigned(request.headers, body)) return 401;
  if (seen.has(message)) return 204;
  try {
    await hear(JSON.parse(body));
  } catch (why) {
    console.error(`not said, and asked for again: ${why.message}`);
    return 502;
  }
  seen.add(message);
  if (seen.size > KEPT) seen.delete(seen.values().next().value);
  return 204;
}

createServer(async (request, response) => {
  response.writeHead(await answer(request)).end();
}).listen(Number(PORT), "127.0.0.1");
