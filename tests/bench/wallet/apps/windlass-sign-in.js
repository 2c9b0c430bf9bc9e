import { Anchor, Keypair } from "windlass/sign-in";
import * as requests from "../own/anchor.js";
import { fields } from "./customer.js";

export async function signIn({ homeDomain, network, secret }) {
    const anchor = await Anchor.discover(homeDomain, { networkPassphrase: network, allowHttp: true });
    return (await anchor.signIn(await Keypair.fromSecret(secret))).token;
}

export const register = async (anchor) => requests.register(anchor, await signIn(anchor), fields);
