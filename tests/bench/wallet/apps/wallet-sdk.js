import * as sdk from "@stellar/typescript-wallet-sdk";
import { fields } from "./customer.js";

// In Node it is CommonJS.
const { SigningKeypair, Wallet } = sdk.default ?? sdk;

async function session({ homeDomain, secret }) {
    const anchor = Wallet.TestNet().anchor({ homeDomain: `http://${homeDomain}`, allowHttp: true });
    const sep10 = await anchor.sep10();
    return { anchor, token: await sep10.authenticate({ accountKp: SigningKeypair.fromSecret(secret) }) };
}

export async function signIn(anchor) {
    return (await session(anchor)).token.token;
}

export async function register(scene) {
    const { anchor, token } = await session(scene);
    const sep12 = await anchor.sep12(token);
    const { id } = await sep12.add({ sep9Info: fields });
    return (await sep12.getCustomer({ id })).status;
}
