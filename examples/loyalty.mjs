import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.PRESSO_SECRET.replace("whsec_", ""), "base64");
const seen = new Set(), whose = new Map(), points = new Map();

function isSigned(headers, body) {
  const message = headers["webhook-id"], at = headers["webhook-timestamp"];
  if (!/^\d+$/.test(at) || Math.abs(Date.now() / 1000 - Number(at)) > 300) return false;
  const digest = createHmac("sha256", key).update(`${message}.${at}.`).update(body).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((one) => {
    const given = Buffer.from(one.replace("v1,", ""), "base64");
    return one.startsWith("v1,") && given.length === digest.length && timingSafeEqual(given, digest);
  });
}

function hear({ type, subject: order, data }) {
  if (type === "presso.order.started.v1") {
    whose.set(order, data.customer);
  } else if (whose.has(order)) {
    const customer = whose.get(order);
    whose.delete(order);
    points.set(customer, (points.get(customer) ?? 0) + 1);
    console.log(`${customer.slice(0, 8)} has ${points.get(customer)} point(s)`);
  }
}

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const signed = isSigned(request.headers, body), message = request.headers["webhook-id"];
  if (signed && !seen.has(message)) {
    hear(JSON.parse(body));
    seen.add(message);
  }
  response.writeHead(signed ? 204 : 401).end();
}).listen(Number(process.env.PORT ?? 4000), "127.0.0.1");
