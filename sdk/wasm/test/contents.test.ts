// What is told of a challenge for people to read, against the library that wrote it.
import { Account, Keypair, Memo, MuxedAccount, Networks, Operation, TransactionBuilder } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { type ChallengeContents, inspectChallenge } from "windlass/server";

const anchor = Keypair.fromRawEd25519Seed(Buffer.alloc(32, 1));
const client = Keypair.fromRawEd25519Seed(Buffer.alloc(32, 2)).publicKey();

const builder = (timebounds = { minTime: 1_700_000_000, maxTime: 1_700_000_900 }) =>
    new TransactionBuilder(new Account(anchor.publicKey(), "-1"), { fee: "100", networkPassphrase: Networks.TESTNET, timebounds });

async function contents(xdr: string): Promise<ChallengeContents | undefined> {
    const domains = { homeDomain: "anchor.example", webAuthDomain: "anchor.example" };
    const expected = { ...domains, signingKey: anchor.publicKey(), networkPassphrase: Networks.TESTNET, account: client };
    return (await inspectChallenge(xdr, expected)).contents;
}

test("a challenge is read as the other library wrote it", async () => {
    const made = builder()
        .addOperation(Operation.manageData({ source: client, name: "anchor.example auth", value: "n".repeat(64) }))
        .addOperation(Operation.manageData({ name: "web_auth_domain", value: "anchor.example" }))
        .addMemo(Memo.id("18446744073709551615"))
        .build();
    made.sign(anchor);
    expect(await contents(made.toXDR())).toEqual({
        source: anchor.publicKey(),
        sequence: "0",
        bounds: { min: 1_700_000_000, max: 1_700_000_900 },
        memo: { type: "id", value: "18446744073709551615" },
        operations: [
            { source: client, name: "anchor.example auth", value: "n".repeat(64) },
            { name: "web_auth_domain", value: "anchor.example" },
        ],
        hints: [Buffer.from(anchor.signatureHint()).toString("hex")],
    });
});

test("muxed sources, removed entries, other memos and values that are no text are read", async () => {
    const muxed = new MuxedAccount(new Account(client, "0"), "420").accountId();
    const made = builder({ minTime: 0, maxTime: 0 })
        .addOperation(Operation.manageData({ source: muxed, name: "a", value: Buffer.from([0, 255]) }))
        .addOperation(Operation.manageData({ name: "\u202eb", value: null }))
        .addMemo(Memo.return("07".repeat(32)))
        .build();
    expect(await contents(made.toXDR())).toEqual({
        source: anchor.publicKey(),
        sequence: "0",
        bounds: { min: 0, max: 0 },
        memo: { type: "return", value: "07".repeat(32) },
        operations: [{ source: muxed, name: "a", value: "0x00ff" }, { name: "0xe280ae62" }],
        hints: [],
    });
});

test("a transaction that is no challenge, or is truncated, has no contents in the report", async () => {
    expect(await contents(builder().addOperation(Operation.bumpSequence({ bumpTo: "7" })).build().toXDR())).toBeUndefined();
    const good = builder().addOperation(Operation.manageData({ name: "b", value: "c" })).build().toXDR();
    const bytes = Buffer.from(good, "base64");
    expect(await contents(good)).toBeDefined();
    for (let length = 0; length < bytes.length; length += 1) {
        expect(await contents(bytes.subarray(0, length).toString("base64")), String(length)).toBeUndefined();
    }
});
