// SEP-10 by hand: as much of XDR as a challenge needs, and the rules that a wallet checks, save the signature.
import { decode } from "./strkey.js";

const NONCE = /^[A-Za-z0-9+/]{64}$/;
const GRACE = 300;
const text = new TextDecoder();

/** What a challenge is expected to be, in bytes; from strings. */
export function expected({ signingKey, account, network, homeDomain, webAuthDomain }) {
    const name = new TextEncoder().encode(network);
    return { server: decode("G", signingKey), account: decode("G", account), network: name, homeDomain, webAuthDomain };
}

/** Reads an envelope of ManageData operations, and holds it against the rules. */
export function open(base64, { server, account, homeDomain, webAuthDomain }) {
    const tx = read(base64);
    const rule = (kept, what) => {
        if (!kept) throw new Error(`challenge: ${what}`);
    };
    rule(same(tx.source, server), "the source is another");
    rule(tx.sequence === 0n, "the sequence number is not 0");
    rule(tx.memo === undefined || tx.memo === "id", "the memo is no id");
    const now = Date.now() / 1000;
    rule(tx.bounds && tx.bounds[1] > 0n, "it never ends");
    rule(now >= Number(tx.bounds[0]) - GRACE && now <= Number(tx.bounds[1]) + GRACE, "it has ended or not begun");
    const [first, ...others] = tx.operations;
    rule(first?.source && same(first.source, account), "it is for another account");
    rule(first.name === `${homeDomain} auth`, "it is of another home domain");
    rule(first.value && NONCE.test(text.decode(first.value)), "its nonce is none");
    for (const { source, name, value } of others) {
        rule(source && (same(source, server) || name === "client_domain"), "an operation is of another source");
        rule(name !== "web_auth_domain" || (value && text.decode(value) === webAuthDomain), "it is of another endpoint");
    }
    return tx;
}

/** What is hashed and signed: network id, envelope type, transaction. */
export function payload(tx, networkId) {
    const bytes = new Uint8Array(32 + tx.body.length);
    bytes.set(networkId);
    bytes.set(tx.body, 32);
    return bytes;
}

/** The signature of a key, if the envelope has one with its hint. */
export function signatureOf(tx, key) {
    const hint = key.subarray(28);
    const found = tx.signatures.find((signature) => same(signature.hint, hint));
    if (!found) throw new Error("challenge: the server has not signed it");
    return found.bytes;
}

/** The envelope with one signature more, in base64. */
export function signed(tx, key, signature) {
    const before = tx.envelope;
    const bytes = new Uint8Array(before.length + 72);
    bytes.set(before);
    new DataView(bytes.buffer).setUint32(tx.count, tx.signatures.length + 1);
    bytes.set(key.subarray(28), before.length);
    new DataView(bytes.buffer).setUint32(before.length + 4, 64);
    bytes.set(signature, before.length + 8);
    return btoa(String.fromCharCode(...bytes));
}

function read(base64) {
    const envelope = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const view = new DataView(envelope.buffer);
    let at = 0;
    const u32 = () => view.getUint32((at += 4) - 4);
    const u64 = () => view.getBigUint64((at += 8) - 8);
    const bytes = (length) => envelope.subarray(at, (at += length));
    const opaque = (limit) => {
        const length = u32();
        if (length > limit) throw new Error("envelope: too long");
        const value = bytes(length);
        at += -length & 3;
        return value;
    };
    const want = (value, what) => {
        if (u32() !== value) throw new Error(`envelope: ${what}`);
    };
    const account = () => {
        const kind = u32();
        if (kind === 0x100) at += 8;
        else if (kind !== 0) throw new Error("envelope: no account");
        return bytes(32);
    };

    want(2, "it is not of version 1");
    const source = account();
    u32(); // the fee
    const sequence = u64();
    const precondition = u32();
    if (precondition > 1) throw new Error("envelope: more preconditions than time bounds");
    const bounds = precondition ? [u64(), u64()] : undefined;
    const memo = [undefined, "text", "id", "hash", "return"][u32()];
    if (memo === "text") opaque(28);
    else if (memo) at += memo === "id" ? 8 : 32;
    const operations = [];
    for (let left = u32(); left > 0; left--) {
        const by = u32() ? account() : undefined;
        want(10, "an operation is no ManageData");
        const name = text.decode(opaque(64));
        operations.push({ source: by, name, value: u32() ? opaque(64) : undefined });
    }
    want(0, "its extension is unknown");
    const body = envelope.subarray(0, at);
    const count = at;
    const signatures = [];
    for (let left = u32(); left > 0; left--) signatures.push({ hint: bytes(4), bytes: opaque(64) });
    if (at !== envelope.length) throw new Error("envelope: something follows it");
    return { envelope, source, sequence, bounds, memo, operations, body, count, signatures };
}

function same(a, b) {
    return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
