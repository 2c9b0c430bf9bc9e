import { Keypair, WebAuth } from "@stellar/stellar-sdk";
import * as requests from "../own/anchor.js";
import { fields } from "./customer.js";

export function signIn(anchor) {
    const { signingKey, network, homeDomain, webAuthDomain, secret } = anchor;
    return requests.signIn(anchor, (xdr) => {
        const { tx } = WebAuth.readChallengeTx(xdr, signingKey, network, homeDomain, webAuthDomain);
        tx.sign(Keypair.fromSecret(secret));
        return tx.toXDR();
    });
}

export const register = async (anchor) => requests.register(anchor, await signIn(anchor), fields);
