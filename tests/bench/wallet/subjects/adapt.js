/** The steps of windlass, from whichever of its entries; those that the entry does not have are left out. */
export async function adapt({ Anchor, Keypair, inspectChallenge }, scene) {
    const { homeDomain, network, webAuthDomain, signingKey, account, secret } = scene;
    const key = await Keypair.fromSecret(secret);
    const anchor = await Anchor.discover(homeDomain, { networkPassphrase: network });
    const expect = { signingKey, networkPassphrase: network, homeDomain, webAuthDomain, account };
    const steps = {};
    if (inspectChallenge) steps.open = async (xdr) => good(await inspectChallenge(xdr, expect));
    if (key.sign) steps.sign = (xdr) => key.sign(xdr, { networkPassphrase: network });
    if (steps.open && steps.sign) {
        steps.openAndSign = async (xdr) => {
            await steps.open(xdr);
            return steps.sign(xdr);
        };
    }
    steps.signIn = async () => (await anchor.signIn(key)).free();
    return steps;
}

function good({ checks }) {
    for (const { outcome, reason } of checks) if (outcome === "failed") throw new Error(reason);
}
