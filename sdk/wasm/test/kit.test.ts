// The real modules of stellar-wallets-kit, each over a wallet that holds a key. The libraries of hardware and remote wallets
// are replaced: they speak to devices and relays.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Networks, Keypair as TheirKeypair, TransactionBuilder } from "@stellar/stellar-sdk";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Wallet43, isWallet43 } from "windlass";
import { NETWORK, fakeAnchor } from "./anchor.js";
import { caught } from "./caught.js";
import { pageWith } from "./extension.js";
import { sign } from "./wallets.js";

const key = TheirKeypair.random();
const address = key.publicKey();
const { page, extension } = pageWith(key);
/** What the wallets are in a test: there, and willing to sign. */
const state = { installed: true, refused: false };

/** What a wallet signs; what it throws when the user says no. */
function signed(xdr: string): string {
    if (state.refused) throw { code: -4, message: "The user rejected this request." };
    return sign(xdr, key);
}

const network = { network: "TESTNET", networkPassphrase: NETWORK };
const sep43 = {
    isConnected: async () => ({ isConnected: true }),
    requestAccess: async () => ({ address }),
    getAddress: async () => ({ address }),
    getNetwork: async () => network,
    signTransaction: async (xdr: string) => ({ signedTxXdr: signed(xdr), signerAddress: address }),
};

/** The object that each extension puts into the page. */
const injected = {
    bitkeep: { stellar: { connect: async () => address, signTransaction: async (xdr: string) => signed(xdr), network: async () => network } },
    cactuslink_stellar: sep43,
    stellar: { provider: "dcent" },
    dcentStellarProvider: sep43,
    FordefiProviders: { StellarProvider: {} },
    hanaWallet: { stellar: { getPublicKey: async () => address, signTransaction: async ({ xdr }: { xdr: string }) => signed(xdr) } },
    kleverWallet: { stellar: sep43 },
    $onekey: { stellar: { ...sep43, getPublicKey: async () => address } },
    rabet: { connect: async () => ({ publicKey: address }), sign: async (xdr: string) => ({ xdr: signed(xdr) }) },
    scopuly: { ...sep43, isScopuly: true, platform: "extension" },
};

/** The transaction that the anchor handed out last. */
let challenge = "";
const signature = (hash: Uint8Array): Uint8Array => new Uint8Array(key.sign(Buffer.from(hash)));

vi.mock("@albedo-link/intent", () => {
    const publicKey = async () => ({ pubkey: address });
    const tx = async ({ xdr }: { xdr: string }) => ({ signed_envelope_xdr: signed(xdr) });
    return { default: { default: { publicKey, tx } } };
});
vi.mock("@creit.tech/xbull-wallet-connect", () => ({
    xBullWalletConnect: class {
        connect = async () => address;
        sign = async ({ xdr }: { xdr: string }) => signed(xdr);
        closeConnections(): void {}
    },
}));
vi.mock("@lobstrco/signer-extension-api", () => ({
    isConnected: async () => state.installed,
    getPublicKey: async () => address,
    signTransaction: async (xdr: string) => signed(xdr),
}));
vi.mock("@hot-wallet/sdk", () => ({
    HOT: { request: async (name: string, { xdr = "" }) => (name === "stellar:getAddress" ? { address } : { signedTxXdr: signed(xdr) }) },
}));
vi.mock("@ledgerhq/hw-transport-webusb", () => ({ default: { isSupported: async () => state.installed, create: async () => ({}) } }));
vi.mock("@ledgerhq/hw-app-str", () => ({
    default: class {
        getPublicKey = async () => ({ rawPublicKey: key.rawPublicKey() });
        signHash = async (_: string, hash: Uint8Array) => ({ signature: signature(hash) });
    },
}));
vi.mock("@trezor/connect-web", () => ({
    default: {
        init: async () => {},
        stellarGetAddress: async ({ bundle }: { bundle?: unknown[] }) => ({
            success: true,
            payload: bundle?.map(() => ({ address })) ?? { address },
        }),
        stellarSignTransaction: async () => {
            const hash = TransactionBuilder.fromXDR(challenge, NETWORK).hash();
            return { success: true, payload: { signature: Buffer.from(signature(hash)).toString("hex") } };
        },
    },
}));
vi.mock("@reown/appkit/core", () => ({ createAppKit: () => ({ open() {}, close() {} }) }));
vi.mock("@reown/appkit/networks", () => ({ mainnet: {} }));
vi.mock("@walletconnect/sign-client", () => {
    const namespaces = { stellar: { accounts: [`stellar:testnet:${address}`] } };
    const connect = async () => ({ uri: "wc:1", approval: async () => ({ topic: "1", namespaces }) });
    const request = async ({ request }: { request: { params: { xdr: string } } }) => ({ signedXDR: signed(request.params.xdr) });
    return { SignClient: { init: async () => ({ on() {}, connect, request }) } };
});

const fake = fakeAnchor();
/** The modules by the names of their files. */
const modules: Record<string, () => Promise<Wallet43>> = {
    albedo: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/albedo")).AlbedoModule(),
    bitget: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/bitget")).BitgetModule(),
    cactuslink: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/cactuslink")).CactusLinkModule(),
    dcent: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/dcent")).DcentModule(),
    fordefi: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/fordefi")).FordefiModule(),
    freighter: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/freighter")).FreighterModule(),
    hana: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/hana")).HanaModule(),
    hotwallet: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/hotwallet")).HotWalletModule(),
    klever: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/klever")).KleverModule(),
    ledger: async () => {
        const module = new (await import("@creit.tech/stellar-wallets-kit/modules/ledger")).LedgerModule();
        if (state.installed) await chooseFirst(module);
        return module;
    },
    lobstr: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/lobstr")).LobstrModule(),
    onekey: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/onekey")).OneKeyModule(),
    rabet: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/rabet")).RabetModule(),
    scopuly: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/scopuly")).ScopulyModule(),
    trezor: async () => {
        const { TrezorModule } = await import("@creit.tech/stellar-wallets-kit/modules/trezor");
        const module = new TrezorModule({ appName: "Wallet", appUrl: "https://wallet.example.org", email: "wallet@example.org" });
        await Promise.resolve();
        await chooseFirst(module);
        return module;
    },
    "wallet-connect": async () => {
        const { WalletConnectModule } = await import("@creit.tech/stellar-wallets-kit/modules/wallet-connect");
        const metadata = { name: "Wallet", description: "", icons: [], url: "https://wallet.example.org" };
        const module = new WalletConnectModule({ projectId: "1", metadata });
        await Promise.resolve();
        return module;
    },
    xbull: async () => new (await import("@creit.tech/stellar-wallets-kit/modules/xbull")).xBullModule(),
};

/** What the kit's dialog does for hardware wallets: lists the accounts, and remembers the one that is chosen. */
async function chooseFirst(module: { getAddresses(page?: number): Promise<unknown> }): Promise<void> {
    const { activeAddress } = await import("@creit.tech/stellar-wallets-kit/state");
    await module.getAddresses();
    activeAddress.value = address;
}

/** `ArrayBuffer.prototype.transfer`, which the kit's encoder uses and Node 20 does not have. */
function transfer(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
    const copy = new ArrayBuffer(length);
    new Uint8Array(copy).set(new Uint8Array(this).subarray(0, length));
    return copy;
}

beforeAll(async () => {
    Object.defineProperty(ArrayBuffer.prototype, "transfer", { value: transfer, configurable: true });
    const { selectedNetwork } = await import("@creit.tech/stellar-wallets-kit/state");
    selectedNetwork.value = Networks.TESTNET as never;
    return () => Reflect.deleteProperty(globalThis, "window");
});

beforeEach(() => {
    Object.assign(state, { installed: true, refused: false });
    Object.assign(extension, { installed: true, allowed: true, asked: [] });
    Object.assign(globalThis, { window: Object.assign(page, injected) });
    const given = fake.challenge;
    fake.challenge = async (asked) => {
        const answer = await given(asked);
        challenge = ((await answer.clone().json()) as { transaction: string }).transaction;
        return answer;
    };
});

test("every module of the kit is in the table", () => {
    const files = readdirSync(`${dirname(createRequire(import.meta.url).resolve("@creit.tech/stellar-wallets-kit"))}/sdk/modules`);
    const names = files.filter((file) => file.endsWith(".module.js")).map((file) => file.replace(".module.js", ""));
    expect(Object.keys(modules)).toEqual(names.sort());
});

// S43-18
test.each(Object.keys(modules).filter((name) => name !== "hotwallet"))("the kit's module for %s signs in", async (name) => {
    const wallet = await modules[name]!();
    expect(isWallet43(wallet)).toBe(true);
    const session = await (await fake.anchor()).signIn(wallet);
    expect(session.account).toBe(address);
});

test("a module that says it is on another network is refused", async () => {
    const anchor = await fake.anchor();
    const wallet = await modules.hotwallet!();
    expect((await caught(() => anchor.signIn(wallet))).code).toBe("wrong_network");
});

// Without its extension or device. The others are web pages and relays, which are always there.
const installable = Object.keys(modules).filter((name) => !["albedo", "hotwallet", "trezor", "wallet-connect", "xbull"].includes(name));

// S43-05
test.each(installable)("the kit's module for %s without its wallet is named as not connected", async (name) => {
    Object.assign(state, { installed: false });
    Object.assign(extension, { installed: false });
    for (const member of Object.keys(injected)) Reflect.deleteProperty(page, member);
    const wallet = await modules[name]!();
    const anchor = await fake.anchor();
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const error = caught(() => anchor.signIn(wallet)).finally(() => vi.useRealTimers());
    while (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(500);
    expect((await error).code).toBe("signer_not_connected");
});

// S43-03. Freighter and its like answer with an error of their own; hardware asks on its screen.
const refusing = installable.filter((name) => !["fordefi", "freighter", "ledger"].includes(name));

test.each([...refusing, "albedo", "xbull"])("a user's refusal in the kit's module for %s stays one", async (name) => {
    Object.assign(state, { refused: true });
    const wallet = await modules[name]!();
    const anchor = await fake.anchor();
    expect((await caught(() => anchor.signIn(wallet))).code).toBe("signer_refused");
});

test("the kit itself signs in, with the wallet that the user chose", async () => {
    const { StellarWalletsKit } = await import("@creit.tech/stellar-wallets-kit");
    const { HANA_ID, HanaModule } = await import("@creit.tech/stellar-wallets-kit/modules/hana");
    StellarWalletsKit.init({ modules: [new HanaModule()], selectedWalletId: HANA_ID });
    await StellarWalletsKit.fetchAddress();
    const session = await (await fake.anchor()).signIn(StellarWalletsKit);
    expect(session.account).toBe(address);
});
