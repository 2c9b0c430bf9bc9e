import { Anchor, Keypair } from "windlass";
import { fields } from "./customer.js";

async function session({ homeDomain, network, secret }) {
    const anchor = await Anchor.discover(homeDomain, { networkPassphrase: network, allowHttp: true });
    return anchor.signIn(await Keypair.fromSecret(secret));
}

export async function signIn(anchor) {
    return (await session(anchor)).token;
}

export async function register(anchor) {
    const signedIn = await session(anchor);
    await signedIn.putCustomer({ fields });
    return (await signedIn.customer()).status;
}
