// An anchor, a wallet and a challenge, by an independent SDK.
import { Keypair, Networks, WebAuth } from "@stellar/stellar-sdk";

/** How long the challenges are good for: longer than anything here takes. */
const SECONDS = 3600;

/** Everything that a contender is told, as JSON; `spoilt` is the challenge with one bit of its signature flipped. */
export function scene(homeDomain = "anchor.example.com", origin = `https://${homeDomain}`) {
    const server = Keypair.random();
    const client = Keypair.random();
    const network = Networks.TESTNET;
    // typescript-wallet-sdk wants the bare host, others take it too.
    const webAuthDomain = new URL(origin).hostname;
    const challenge = WebAuth.buildChallengeTx(server, client.publicKey(), homeDomain, SECONDS, network, webAuthDomain);
    const spoilt = Buffer.from(challenge, "base64");
    spoilt[spoilt.length - 20] ^= 4;
    const webAuthEndpoint = `${origin}/auth`;
    const kycServer = `${origin}/kyc`;
    const signingKey = server.publicKey();
    return {
        toml: toml({ network, signingKey, webAuthEndpoint, kycServer }),
        homeDomain,
        webAuthDomain,
        network,
        webAuthEndpoint,
        kycServer,
        signingKey,
        account: client.publicKey(),
        secret: client.secret(),
        challenge,
        spoilt: spoilt.toString("base64"),
        token: token(client.publicKey()),
    };
}

/** Throws unless an anchor built on stellar-sdk takes the signed challenge. */
export function accept({ network, signingKey, account, homeDomain, webAuthDomain }, signed) {
    const signers = WebAuth.verifyChallengeTxSigners(signed, signingKey, network, [account], homeDomain, webAuthDomain);
    if (signers.join() !== account) throw new Error(`signed by ${signers}`);
}

function toml({ network, signingKey, webAuthEndpoint, kycServer }) {
    return `NETWORK_PASSPHRASE = "${network}"
SIGNING_KEY = "${signingKey}"
WEB_AUTH_ENDPOINT = "${webAuthEndpoint}"
KYC_SERVER = "${kycServer}"

[DOCUMENTATION]
ORG_NAME = "Example Anchor"
`;
}

/** A token as an anchor makes it; no wallet can check its signature. */
function token(sub) {
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: "https://anchor.example.com/auth", sub, iat: 1, exp: 4_000_000_000 })}.c2ln`;
}
