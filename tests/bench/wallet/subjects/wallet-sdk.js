// `Sep10#sign` checks and signs; its single halves are out of reach.
import * as sdk from "@stellar/typescript-wallet-sdk";

const { ApplicationConfiguration, DefaultSigner, SigningKeypair, StellarConfiguration, Wallet } = sdk.default ?? sdk;

export async function steps({ homeDomain, network, webAuthEndpoint, signingKey, secret }) {
    const accountKp = SigningKeypair.fromSecret(secret);
    const client = {
        get: async (url) => ({ data: await (await fetch(url)).json() }),
        post: async (url, body) => {
            const headers = { "Content-Type": "application/json" };
            return { data: await (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json() };
        },
    };
    const wallet = new Wallet({
        stellarConfiguration: StellarConfiguration.TestNet(),
        applicationConfiguration: new ApplicationConfiguration(DefaultSigner, client),
    });
    const anchor = wallet.anchor({ homeDomain });
    // What reading the stellar.toml leaves behind: its own reader does not go through `fetch`.
    anchor.toml = { webAuthEndpoint, signingKey };
    const sep10 = await anchor.sep10();
    const openAndSign = async (transaction) => {
        const challengeResponse = { transaction, network_passphrase: network };
        return (await sep10.sign({ accountKp, challengeResponse, walletSigner: DefaultSigner })).toXDR();
    };
    return { openAndSign, signIn: () => sep10.authenticate({ accountKp }) };
}
