// Calls signers outside of the module: SEP-43 wallets, and functions that sign for a client domain. The module checks what they signed.
// A failure is thrown as a list of its reason, a text, and what the signer threw; a refusal by the user as `undefined`; a wallet that is
// not connected as `null`.
import { has } from "./error.js";

const lines = new WeakMap();
const NOT_CONNECTED = Symbol();

/**
 * A place in the queue of a wallet, which handles one request at a time (S43-20). `turn` resolves when every place before has been left.
 * A caller that gives up leaves before its turn.
 */
export function enterLine(wallet) {
    let leave;
    const left = new Promise((resolve) => (leave = resolve));
    const turn = lines.get(wallet);
    // A value that is no object cannot be a key of the map; `method` below throws that it is no wallet.
    if (Object(wallet) === wallet) lines.set(wallet, Promise.resolve(turn).then(() => left));
    return { turn: Promise.resolve(turn), leave };
}

/** The address of a wallet, a blank, and the passphrase of its network, empty if the wallet does not tell. Throws if it cannot sign. */
export const addressOf = (wallet, signs) =>
    asked(async () => {
        method(wallet, signs);
        const address = text(await connected(wallet), "address") ?? (await requested(wallet));
        return `${address} ${await passphraseOf(wallet)}`;
    });

/** What `getAddress` answers. Modules of stellar-wallets-kit fail without their wallet, and tell by `isAvailable` whether it is there. */
async function connected(wallet) {
    try {
        return await call(wallet, "getAddress");
    } catch (error) {
        throw has(wallet, "isAvailable") && !(await wallet.isAvailable()) ? NOT_CONNECTED : error;
    }
}

/** The address of a wallet that gave none: Freighter, until the user allows the site. */
async function requested(wallet) {
    const installed = has(wallet, "isConnected") ? await call(wallet, "isConnected") : true;
    if (!(installed?.isConnected ?? installed) || !has(wallet, "requestAccess")) throw NOT_CONNECTED;
    return text(await call(wallet, "requestAccess"), "address") ?? no(NOT_CONNECTED);
}

/**
 * The passphrase of a wallet's network; empty if the wallet does not tell. Old wallets have no `getNetwork`, and many modules of
 * stellar-wallets-kit one that always fails. They are still given the passphrase to sign for.
 */
async function passphraseOf(wallet) {
    if (!has(wallet, "getNetwork")) return "";
    try {
        return text((await call(wallet, "getNetwork"))?.networkPassphrase) ?? "";
    } catch (error) {
        if (refusal(error) === undefined) throw error;
        return "";
    }
}

/** What a value is that was passed by mistake in place of a signer, and what to pass instead. */
export function mistake(signer) {
    try {
        if (signer?.__wbg_ptr === 0) return "this Keypair was freed: sign in before that, or make another";
        if (has(signer, "then")) return "the signer is a promise: await it, as in await Keypair.fromSecret(secret)";
        if (has(signer, "secret") && has(signer, "publicKey"))
            return "the signer is a Keypair of @stellar/stellar-sdk: pass await Keypair.fromSecret(keypair.secret()), with the Keypair of windlass";
        if (/^S[A-Z2-7]{55}$/.test(signer)) return "the signer is a secret key: pass await Keypair.fromSecret(secret)";
    } catch {
        // An object whose members throw is none of these.
    }
}

/** The transaction, signed. Never with `submit`: a challenge is not for the network (S43-11). */
export const signedBy = (signer, method, xdr, networkPassphrase, address) =>
    asked(async () => {
        const answer = await call(signer, method, xdr, { networkPassphrase, address });
        // Wallets of before mid-2024 return the bare text, as a client domain's function does.
        return text(answer, "signedTxXdr") ?? no("it returned no transaction");
    });

/** The signature over a text; `undefined` if the signer has no `vouch`. */
export const vouchedBy = (signer, message) =>
    asked(async () => {
        if (typeof signer.vouch !== "function") return undefined;
        const answer = await call(signer, "vouch", message);
        const bytes = answer instanceof ArrayBuffer ? new Uint8Array(answer) : answer;
        return bytes instanceof Uint8Array && bytes.length === 64 ? bytes : no("it returned no signature of 64 bytes");
    });

async function call(signer, name, ...values) {
    method(signer, name);
    const answer = await signer[name](...values);
    // Its error comes first, whatever else is there (S43-02).
    if (answer?.error) throw answer.error;
    return answer;
}

function method(signer, name) {
    if (!has(signer, name)) no(`it has no ${name}: is the wallet's extension installed?`);
}

function no(why) {
    throw why;
}

/** The bare text, or a member that is one. Empty is none. */
const text = (value, name) => [value, value?.[name]].find((it) => it && typeof it === "string");

const asked = (work) =>
    work().catch((error) => {
        const reason = refusal(error);
        // What this file itself throws is the reason, and has no cause.
        throw typeof reason === "string" ? [reason, reason === error ? undefined : error] : reason;
    });

/** The code `-4` means that the user refused; some wallets give it as text. The reason of any other error is its message. */
function refusal(error) {
    if (error === NOT_CONNECTED) return null;
    try {
        return String(error?.code) === "-4" ? undefined : (text(error, "message") ?? no());
    } catch {
        return "it does not say why";
    }
}
