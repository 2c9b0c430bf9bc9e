// A wallet's server in Node, built on the package: it accepts callbacks of the anchor, and no others.
import { type IncomingMessage, type Server as HttpServer, createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Anchor, type Customer, Keypair, isWindlassError } from "windlass";
import { Callbacks } from "windlass/server";
import { code } from "../support/inbox.js";
import { png } from "../support/png.js";
import { until } from "../support/poll.js";
import { Server } from "../support/server.js";

const PHONE = "+441632960017";

let server: Server;
let anchor: Anchor;
let wallet: HttpServer;
let host: string;
let callbacks: Callbacks;
const told: Customer[] = [];
const sent: { headers: IncomingMessage["headers"]; body: Buffer }[] = [];
const refused: string[] = [];

beforeAll(async () => {
  server = await Server.start();
  anchor = await Anchor.discover(server.homeDomain, {
    allowHttp: true,
    networkPassphrase: "Standalone Network ; February 2017",
  });
  wallet = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { headers } = request;
    const body = Buffer.concat(chunks);
    sent.push({ headers, body });
    try {
      told.push(await callbacks.receive({ headers, body }));
      response.writeHead(204).end();
    } catch (error) {
      if (!isWindlassError(error)) throw error;
      refused.push(error.code);
      response.writeHead(401).end();
    }
  }).listen(0, "127.0.0.1");
  await once(wallet, "listening");
  host = `127.0.0.1:${(wallet.address() as AddressInfo).port}`;
  callbacks = new Callbacks({ signingKey: anchor.info.signingKey ?? "", host });
});

afterAll(async () => {
  wallet?.close();
  await server?.stop();
});

// P-26, P-27, S12-134 to S12-138
test("only callbacks of the anchor are accepted", async () => {
  const session = await anchor.signIn(await Keypair.random());
  await session.putCustomer({
    fields: {
      first_name: "Ada",
      last_name: "Lovelace",
      email_address: "ada@example.com",
      mobile_number: PHONE,
      birth_date: "1990-04-21",
      address_country_code: "GBR",
      id_type: "passport",
      photo_id_front: png(),
    },
  });
  const url = `http://${host}/kyc`;
  await session.setCallback(url);
  await session.putCustomer({ fields: { mobile_number_verification: await code(server, PHONE) } });
  const first = await until("a callback", async () => told[0]);
  expect(first).toEqual(await session.customer());
  expect(first.status).toBe("ACCEPTED");
  expect([told.length, sent.length]).toEqual([1, 1]);

  const { headers, body } = sent[0]!;
  const signature = String(headers["signature"]);
  expect(headers["x-stellar-signature"]).toBe(signature);
  const post = async (headers: Record<string, string>, body: string) =>
    (await fetch(url, { method: "POST", headers, body })).status;
  expect(await post({ Signature: signature }, body.toString())).toBe(401);
  expect(await post({ Signature: signature }, body.toString().replace("ACCEPTED", "REJECTED"))).toBe(401);
  expect(await post({}, body.toString())).toBe(401);
  expect(refused).toEqual(["callback_replayed", "callback_signature", "invalid_callback"]);
  expect(told).toHaveLength(1);
});
