import { signIn } from "../own/anchor.js";
import { wallet } from "../own/noble.js";

export function steps(scene) {
    const { open, sign } = wallet(scene);
    const openAndSign = (xdr) => sign(open(xdr));
    let opened;
    return { open, sign: (xdr) => sign((opened ??= open(xdr))), openAndSign, signIn: () => signIn(scene, openAndSign) };
}
