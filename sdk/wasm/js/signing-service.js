// The signing service of a wallet's server: it holds the key of the wallet's domain, and signs only challenges that name both.
import { Anchors } from "./anchors.js";
import { WindlassError, isWindlassError } from "./error.js";
import { handler, refuse } from "./handler.js";

/** The longest body, in bytes: a transaction of 50 kB at most, and some JSON. */
const LONGEST = 100_000;
const NEEDED = "each anchor needs homeDomain, signingKey, webAuthEndpoint and networkPassphrase";

/** Makes the service, given the class that decides what is signed and the function that discovers an anchor. */
export const signingServiceBy = (DomainSigner, discover) => (options) => {
    const { keypair, domain, anchors, authorize, clock = () => Math.floor(Date.now() / 1000) } = options ?? {};
    const invalid = (why) => {
        throw new WindlassError("invalid_request", `signingService: ${why}`);
    };
    if (typeof authorize !== "function") invalid("authorize is missing: without it, whoever can reach the service passes for the wallet");
    if (typeof domain !== "string" || !/^[^\s/@:?#]+(:\d+)?$/.test(domain)) invalid("domain must be a bare host name");
    const signerOf = oncePer((anchors) => {
        for (const { homeDomain, networkPassphrase, signingKey } of anchors) {
            if (!homeDomain || !networkPassphrase) invalid(NEEDED);
            if (signingKey === keypair?.address) invalid("keypair is the key of one of the anchors: a wallet has its own");
        }
        try {
            return new DomainSigner(keypair, { domain: domain.toLowerCase(), anchors });
        } catch (error) {
            return invalid(isWindlassError(error) ? `${NEEDED}: ${error.message}` : "keypair must be a Keypair of this package");
        }
    });
    const trusted = new Anchors(anchors, discover);
    if (trusted.known) signerOf(trusted.known);

    /** Answers a signer's refusal with 400 and its reason. */
    const signed = async (work) => {
        let refused;
        const found = await trusted.find((anchors) =>
            work(signerOf(anchors)).catch((error) => {
                if (!isWindlassError(error)) throw error;
                refused = error;
            }),
        );
        return found ?? refuse(400, refused.code, refused.message);
    };
    const sign = async (xdr, passphrase) => {
        const [transaction, network_passphrase] = await signed((signer) => signer.sign(xdr, passphrase, clock()));
        return { transaction, network_passphrase };
    };
    const vouch = async (message) => ({ signature: await signed((signer) => signer.vouch(message, clock())) });

    return handler(LONGEST, async (request, body) => {
        if (!(await authorize(request))) refuse(401, "token_invalid", "this service does not know who asks");
        if (!/^application\/(\S+\+)?json\s*(;|$)/i.test(request.headers.get("Content-Type") ?? "")) {
            refuse(415, "unsupported_media_type", "send application/json");
        }
        const asked = json(await body());
        // The names in camel case are those of @stellar/typescript-wallet-sdk.
        const transaction = asked?.transaction ?? asked?.transactionXDR;
        const passphrase = asked?.network_passphrase ?? asked?.networkPassphrase ?? undefined;
        if (typeof transaction === "string" && (passphrase === undefined || typeof passphrase === "string")) {
            return sign(transaction, passphrase);
        }
        if (typeof asked?.message === "string") return vouch(asked.message);
        refuse(400, "invalid_request", 'send {"transaction": …, "network_passphrase": …} or {"message": …}');
    });
};

/** `make`, which is called again only for another list: anchors that are read again are a new one. */
function oncePer(make) {
    let list;
    let made;
    return (anchors) => {
        if (anchors !== list) made = make(anchors);
        list = anchors;
        return made;
    };
}

function json(bytes) {
    try {
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
        return undefined;
    }
}
