// What is asked of whoever signs outside of the module, and how the answer is read: wallets as SEP-43 describes them, and functions for a
// client domain. Whether what was signed is good is decided elsewhere. Thrown is why there is no answer, or nothing if the user said no.

const lines = new WeakMap();

/** A place in the line before a wallet, which is asked one thing at a time, whoever asks (S43-20): who leaves before the turn is passed over. */
export function enterLine(wallet) {
    let leave;
    const left = new Promise((resolve) => (leave = resolve));
    const turn = lines.get(wallet);
    // What is no object is no wallet: it will be told so.
    if (Object(wallet) === wallet) lines.set(wallet, Promise.resolve(turn).then(() => left));
    return { turn: Promise.resolve(turn), leave };
}

/** The account of a wallet that signs by this method, and its network if it tells: two texts with a blank between them. */
export const addressOf = (wallet, signs) =>
    asked(async () => {
        method(wallet, signs);
        const address = text(await call(wallet, "getAddress"), "address") ?? no("it gave no address");
        // Old wallets do not tell their network; the passphrase that they are given to sign for stays.
        const network = typeof wallet.getNetwork === "function" ? await call(wallet, "getNetwork") : undefined;
        return `${address} ${text(network?.networkPassphrase) ?? ""}`;
    });

/** The transaction, signed. Never with `submit`: a challenge is not for the network (S43-11). */
export const signedBy = (signer, method, xdr, networkPassphrase, address) =>
    asked(async () => {
        const answer = await call(signer, method, xdr, { networkPassphrase, address });
        // Wallets of before mid-2024 return the bare text, as a client domain's function does.
        return text(answer, "signedTxXdr") ?? no("it returned no transaction");
    });

/** The signature over a text; nothing, if there is no function for that. */
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
    if (typeof signer?.[name] !== "function") no(`it has no ${name}: is the wallet's extension installed?`);
}

function no(why) {
    throw why;
}

/** The bare text, or a member that is one. Empty is none. */
const text = (value, name) => [value, value?.[name]].find((it) => it && typeof it === "string");

const asked = (work) =>
    work().catch((error) => {
        throw refusal(error);
    });

/** `-4` is the user's no, which some wallets give as text; what else is said is for the user to read. */
function refusal(error) {
    try {
        return String(error?.code) === "-4" ? undefined : (text(error, "message") ?? no());
    } catch {
        return "it does not say why";
    }
}
