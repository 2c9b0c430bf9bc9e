// The wallet's server, which holds the key of the wallet's domain: it signs challenges that name both, and nothing else.
import { isWindlassError } from "./error.js";
import { handler, refuse } from "./handler.js";

/** The longest body, in bytes: a transaction of 50 kB at most, and some JSON. */
const LONGEST = 100_000;
const ADDRESS = /^G[A-Z2-7]{55}$/;

/** The service, by what looks at challenges, and by what looks at tokens and signs them. */
export const signingServiceBy = (inspectChallenge, vouch) => (options) => {
    const { keypair, domain, anchors, authorize, clock = () => Math.floor(Date.now() / 1000) } = options;
    const invalid = (why) => {
        throw new TypeError(`signingService: ${why}`);
    };
    if (typeof authorize !== "function") invalid("authorize is missing: without it, whoever can reach the service passes for the wallet");
    if (typeof domain !== "string" || !/^[^\s/@:?#]+(:\d+)?$/.test(domain)) invalid("domain must be a bare host name");
    if (!anchors?.length) invalid("anchors must name at least one: without any, nothing is ever signed");
    const own = { domain: domain.toLowerCase(), signingKey: keypair.address };
    const trusted = [...anchors].map((anchor) => {
        const { homeDomain, networkPassphrase } = anchor;
        const { signingKey, webAuthEndpoint } = anchor.info ?? anchor;
        if (!ADDRESS.test(signingKey) || !URL.canParse(webAuthEndpoint) || !homeDomain || !networkPassphrase) {
            invalid("each anchor needs homeDomain, signingKey, webAuthEndpoint and networkPassphrase");
        }
        if (signingKey === own.signingKey) invalid("keypair is the key of one of the anchors: a wallet has its own");
        return { homeDomain, networkPassphrase, signingKey, webAuthEndpoint, webAuthDomain: new URL(webAuthEndpoint).host };
    });

    async function sign(transaction, passphrase) {
        let why = ["invalid_request", "this service signs for no anchor on that network"];
        let known = false;
        for (const { homeDomain, networkPassphrase, signingKey, webAuthDomain } of trusted) {
            if (passphrase !== undefined && passphrase !== networkPassphrase) continue;
            const expect = { homeDomain, networkPassphrase, signingKey, webAuthDomain, clientDomain: own, now: clock() };
            const { checks } = await inspectChallenge(transaction, expect);
            const broken = checks.find(({ outcome }) => outcome !== "passed");
            if (!broken) {
                return { transaction: await keypair.sign(transaction, { networkPassphrase }), network_passphrase: networkPassphrase };
            }
            // Of several anchors the one that made the challenge has the most to say about it.
            if (broken.check !== "source") [known, why] = [true, [broken.code, broken.reason]];
            else if (!known) why = ["unknown_home_domain", "this service does not sign for the anchor that the transaction is of"];
        }
        refuse(400, ...why);
    }

    async function vouched(message) {
        try {
            return { signature: await vouch(keypair, message, { domain: own.domain, anchors: trusted, now: clock() }) };
        } catch (error) {
            if (!isWindlassError(error)) throw error;
            refuse(400, error.code, error.message);
        }
    }

    return handler(LONGEST, async (request, body) => {
        if (!(await authorize(request))) refuse(401, "token_invalid", "this service does not know who asks");
        if (!/^application\/(\S+\+)?json\s*(;|$)/i.test(request.headers.get("Content-Type") ?? "")) {
            refuse(415, "unsupported_media_type", "send application/json");
        }
        const asked = json(await body());
        // The latter names are those of @stellar/typescript-wallet-sdk.
        const transaction = asked?.transaction ?? asked?.transactionXDR;
        const passphrase = asked?.network_passphrase ?? asked?.networkPassphrase ?? undefined;
        if (typeof transaction === "string" && (passphrase === undefined || typeof passphrase === "string")) {
            return sign(transaction, passphrase);
        }
        if (typeof asked?.message === "string") return vouched(asked.message);
        refuse(400, "invalid_request", 'send {"transaction": …, "network_passphrase": …} or {"message": …}');
    });
};

function json(bytes) {
    try {
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
        return undefined;
    }
}
