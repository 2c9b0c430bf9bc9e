import * as requests from "../own/anchor.js";
import { wallet } from "../own/noble.js";
import { fields } from "./customer.js";

export async function signIn(anchor) {
    const { open, sign } = await wallet(anchor);
    return requests.signIn(anchor, async (xdr) => sign(await open(xdr)));
}

export const register = async (anchor) => requests.register(anchor, await signIn(anchor), fields);
