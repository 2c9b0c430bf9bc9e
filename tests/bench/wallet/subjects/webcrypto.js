import { signIn } from "../own/anchor.js";
import { wallet } from "../own/webcrypto.js";

export async function steps(scene) {
    const { open, sign } = await wallet(scene);
    const openAndSign = async (xdr) => sign(await open(xdr));
    let opened;
    return { open, sign: async (xdr) => sign((opened ??= await open(xdr))), openAndSign, signIn: () => signIn(scene, openAndSign) };
}
