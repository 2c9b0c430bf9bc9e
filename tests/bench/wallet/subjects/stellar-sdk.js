import { Keypair, TransactionBuilder, WebAuth } from "@stellar/stellar-sdk";
import { signIn } from "../own/anchor.js";

export function steps(scene) {
    const { homeDomain, network, webAuthDomain, signingKey, secret } = scene;
    const key = Keypair.fromSecret(secret);
    const open = (xdr) => WebAuth.readChallengeTx(xdr, signingKey, network, homeDomain, webAuthDomain).tx;
    const sign = (tx) => {
        tx.sign(key);
        return tx.toXDR();
    };
    const openAndSign = (xdr) => sign(open(xdr));
    return { open, sign: (xdr) => sign(TransactionBuilder.fromXDR(xdr, network)), openAndSign, signIn: () => signIn(scene, openAndSign) };
}
