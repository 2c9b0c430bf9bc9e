// The signed token by which a wallet's server vouches for the application, before there is a challenge.
import { open } from "./ed25519.js";
import { refuse } from "./handler.js";

/** How long a token may be valid, and how wrong the clock of the wallet that made it may be, in seconds. */
const LIFETIME = 900;
const TOLERANCE = 300;

/** Signs the first two parts of a token, if it asks an anchor that is trusted for a challenge that names this domain. */
export async function vouching(message, { own, trusted, keypair, now }) {
    const no = (why) => refuse(400, "proof_invalid", `the token ${why}`);
    const [header, claims] = message.length <= 4096 ? message.split(".").map(read) : [];
    if (!header || !claims || message.split(".").length !== 2) no("is no header and claims of JSON in base64url");
    if (header.alg !== "EdDSA" || "crit" in header) no("is not for EdDSA");
    const { iat, exp, account, home_domain, client_domain, web_auth_endpoint } = claims;
    if (!Number.isSafeInteger(iat) || Math.abs(iat - now) > TOLERANCE) no(`was not made now: iat is ${iat}, now ${now}`);
    if (!Number.isSafeInteger(exp) || exp <= iat || exp > iat + LIFETIME) no(`must be valid for ${LIFETIME} seconds or less`);
    if (!/^[GM][A-Z2-7]{55,68}$/.test(account)) no("names no account");
    if (client_domain !== own.domain) no("is not for the client domain of this service");
    const asks = (anchor) =>
        anchor.webAuthEndpoint === web_auth_endpoint && (home_domain === undefined || home_domain === anchor.homeDomain);
    if (!trusted.some(asks)) no("is for an anchor that this service does not know");
    const { sign } = await open(seed(keypair.secret()));
    return { signature: btoa(String.fromCharCode(...(await sign(new TextEncoder().encode(message))))) };
}

function read(part) {
    try {
        const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (byte) => byte.charCodeAt(0));
        const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
        return typeof value === "object" ? value : undefined;
    } catch {
        return undefined;
    }
}

/** The 32 bytes in an `S...` seed, between its version and its checksum. */
function seed(secret) {
    const bytes = [];
    let [bits, value] = [0, 0];
    for (const letter of secret) {
        value = ((value << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)) & 0xfff;
        bits += 5;
        if (bits >= 8) bytes.push((value >> (bits -= 8)) & 0xff);
    }
    return Uint8Array.from(bytes.slice(1, 33));
}
