// `inspectChallenge` and `signIn` say the same about a challenge.
import { Keypair as TheirKeypair, Transaction } from "@stellar/stellar-sdk";
import { expect, test } from "vitest";
import { isWindlassError } from "windlass";
import { inspectChallenge } from "windlass/server";
import { DOMAIN, NETWORK, challenge, clientDomain, fakeAnchor, json, server } from "./anchor.js";

const fake = fakeAnchor();
const account = TheirKeypair.random();
const stranger = TheirKeypair.random();

const wallet = {
    getAddress: async () => ({ address: account.publicKey() }),
    signTransaction: async (xdr: string) => ({ signedTxXdr: signed(xdr, account) }),
};

function signed(xdr: string, ...keys: TheirKeypair[]): string {
    const transaction = new Transaction(xdr, NETWORK);
    transaction.sign(...keys);
    return transaction.toXDR();
}

/** A challenge without the signature of the server. */
function unsigned(xdr: string): string {
    const transaction = new Transaction(xdr, NETWORK);
    transaction.signatures.length = 0;
    return transaction.toXDR();
}

type Change = (xdr: string) => string;

/** What the anchor does to its challenge, and the first rule that it then breaks. */
const rows: [name: string, change: Change, outcome: string][] = [
    ["as the anchor made it", (xdr) => xdr, "good"],
    ["signed by the account already", (xdr) => signed(xdr, account), "challenge_signature"],
    ["signed by the account, then by the server", (xdr) => signed(unsigned(xdr), account, server), "challenge_signature"],
    ["signed by a stranger already", (xdr) => signed(xdr, stranger), "challenge_signature"],
    ["signed by the client domain already", (xdr) => signed(xdr, clientDomain), "challenge_signature"],
    ["signed by the account alone", (xdr) => signed(unsigned(xdr), account), "challenge_server_signature"],
    ["not signed", unsigned, "challenge_server_signature"],
];

for (const domain of [undefined, "wallet.example.com"]) {
    test.each(rows)(`a challenge ${domain ? "for a client domain " : ""}%s is the same to signIn and to inspectChallenge`, async (_, change, outcome) => {
        let xdr = "";
        fake.challenge = ({ url }) => json({ transaction: (xdr = change(challenge(url))), network_passphrase: NETWORK });
        const signer = { domain: "wallet.example.com", signingKey: clientDomain.publicKey(), sign: (it: string) => signed(it, clientDomain) };
        const anchor = await fake.anchor();
        const signedIn = await anchor.signIn(wallet, { clientDomain: domain === undefined ? undefined : signer }).then(
            () => "good",
            (error: unknown) => (isWindlassError(error) ? error.code : error),
        );
        const { checks } = await inspectChallenge(xdr, {
            signingKey: server.publicKey(),
            networkPassphrase: NETWORK,
            homeDomain: DOMAIN,
            webAuthDomain: DOMAIN,
            account: account.publicKey(),
            clientDomain: domain === undefined ? undefined : { domain, signingKey: clientDomain.publicKey() },
        });
        const inspected = checks.find((check) => check.outcome === "failed")?.code ?? "good";
        expect([signedIn, inspected]).toEqual([outcome, outcome]);
    });
}
