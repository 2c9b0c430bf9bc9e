import { Account, Keypair, MuxedAccount, Memo, Networks, Operation, TransactionBuilder } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";

import { readTransaction } from "../src/xdr";

const anchor = Keypair.fromRawEd25519Seed(Buffer.alloc(32, 1));
const client = Keypair.fromRawEd25519Seed(Buffer.alloc(32, 2)).publicKey();

const builder = () =>
  new TransactionBuilder(new Account(anchor.publicKey(), "-1"), {
    fee: "100",
    networkPassphrase: Networks.TESTNET,
    timebounds: { minTime: 1_700_000_000, maxTime: 1_700_000_900 },
  });

test("a challenge is read as the other library wrote it", () => {
  const made = builder()
    .addOperation(Operation.manageData({ source: client, name: "anchor.example auth", value: "n".repeat(64) }))
    .addOperation(Operation.manageData({ name: "web_auth_domain", value: "anchor.example" }))
    .addMemo(Memo.id("18446744073709551615"))
    .build();
  made.sign(anchor);
  expect(readTransaction(made.toXDR())).toEqual({
    source: anchor.publicKey(),
    sequence: 0n,
    memo: "18446744073709551615",
    bounds: [1_700_000_000n, 1_700_000_900n],
    operations: [
      { source: client, name: "anchor.example auth", value: "n".repeat(64) },
      { source: undefined, name: "web_auth_domain", value: "anchor.example" },
    ],
    signers: [Buffer.from(anchor.signatureHint()).toString("hex")],
  });
});

test("muxed sources, removed entries and values that are no text are read", () => {
  const muxed = new MuxedAccount(new Account(client, "0"), "420").accountId();
  const made = builder()
    .addOperation(Operation.manageData({ source: muxed, name: "a", value: Buffer.from([0, 255]) }))
    .addOperation(Operation.manageData({ name: "b", value: null }))
    .build();
  expect(readTransaction(made.toXDR()).operations).toEqual([
    { source: muxed, name: "a", value: "0x00ff" },
    { source: undefined, name: "b", value: undefined },
  ]);
});

test("what is no challenge is refused, and so is what ends too early", () => {
  const payment = builder().addOperation(Operation.bumpSequence({ bumpTo: "7" })).build().toXDR();
  expect(() => readTransaction(payment)).toThrow("operation 11");
  const good = builder().addOperation(Operation.manageData({ name: "b", value: "c" })).build().toXDR();
  const bytes = Buffer.from(good, "base64");
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => readTransaction(bytes.subarray(0, length).toString("base64")), String(length)).toThrow();
  }
  expect(() => readTransaction("no base64")).toThrow();
});
