// Jest, whose jsdom has no classes of its own for text, requests and WebCrypto.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project, pack, scratch } from "./project.js";

let folder: Awaited<ReturnType<typeof scratch>>;
let app: Project;

beforeAll(async () => {
  folder = await scratch();
  app = await Project.of("jest", join(folder.path, "app"), await pack());
});

afterAll(() => folder?.remove());

const TEST = `
const { Anchor, Keypair, checkFile } = require("windlass");
const { testAnchor } = require("windlass/testing");

test("a customer with a photo", async () => {
  expect(document.title).toBe("");
  (await testAnchor({ domain: "anchor.test" })).install();
  const session = await (await Anchor.discover("anchor.test")).signIn(await Keypair.random());
  // A File of jsdom 26 has no arrayBuffer.
  const photo = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const { id } = await session.putCustomer({ fields: { first_name: "Ada", photo_id_front: photo } });
  expect(id).not.toBe("");
});
`;

test.each([
  ["Jest in Node", "node"],
  ["Jest with jsdom: jest-fixed-jsdom", "jest-fixed-jsdom"],
])("%s: a wallet signs in and sends a photo", async (_, environment) => {
  const inNode = TEST.replace(/ *expect\(document.*\n/, "");
  await app.write({ "wallet.test.js": environment === "node" ? inNode : TEST, "jest.config.js": `module.exports = { testEnvironment: "${environment}" };` });
  const { stderr } = await app.run("node_modules/jest/bin/jest.js");
  expect(stderr).toContain("1 passed");
});
