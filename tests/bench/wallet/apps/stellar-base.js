// Keys and XDR by the SDK's smallest entry, the rules by hand.
import { Keypair, Transaction } from "@stellar/stellar-sdk/base";
import * as requests from "../own/anchor.js";
import { fields } from "./customer.js";

const NONCE = /^[A-Za-z0-9+/]{64}$/;
const GRACE = 300;
const text = new TextDecoder();

export function signIn(anchor) {
    return requests.signIn(anchor, (xdr) => {
        const tx = open(xdr, anchor);
        tx.sign(Keypair.fromSecret(anchor.secret));
        return tx.toXDR();
    });
}

export const register = async (anchor) => requests.register(anchor, await signIn(anchor), fields);

function open(xdr, { signingKey, network, account, homeDomain, webAuthDomain }) {
    const tx = new Transaction(xdr, network);
    const rule = (kept, what) => {
        if (!kept) throw new Error(`challenge: ${what}`);
    };
    rule(tx.source === signingKey, "the source is another");
    rule(tx.sequence === "0", "the sequence number is not 0");
    rule(tx.memo.type === "none" || tx.memo.type === "id", "the memo is no id");
    const { minTime, maxTime } = tx.timeBounds ?? {};
    const now = Date.now() / 1000;
    rule(Number(maxTime) > 0 && now >= Number(minTime) - GRACE && now <= Number(maxTime) + GRACE, "it has ended or not begun");
    rule(tx.operations.every(({ type }) => type === "manageData"), "an operation is no ManageData");
    const [first, ...others] = tx.operations;
    rule(first?.source === account, "it is for another account");
    rule(first.name === `${homeDomain} auth`, "it is of another home domain");
    rule(first.value && NONCE.test(text.decode(first.value)), "its nonce is none");
    for (const { source, name, value } of others) {
        rule(source === signingKey || name === "client_domain", "an operation is of another source");
        rule(name !== "web_auth_domain" || (value && text.decode(value) === webAuthDomain), "it is of another endpoint");
    }
    const server = Keypair.fromPublicKey(signingKey);
    rule(tx.signatures.some((one) => server.verify(tx.hash(), signature(one))), "the server has not signed it");
    return tx;
}

/** The bytes of a decorated signature: a method in some versions of the XDR library, a field in others. */
function signature(decorated) {
    return typeof decorated.signature === "function" ? decorated.signature() : decorated.signature;
}
