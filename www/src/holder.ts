import { Keypair, type Wallet43 } from "windlass";

/** What holds the user's account, and signs for it. */
export interface Holder {
  /** What the user calls it. */
  readonly name: string;
  readonly address: string;
  /** A key in this tab, or a wallet that asks its user by itself. */
  readonly signer: Keypair | Wallet43;
}

/** A key in this tab. */
export function demoWallet(keypair: Keypair): Holder {
  return { name: "Demo wallet", address: keypair.address, signer: keypair };
}

/** The key of a holder, if it is in this tab. */
export function keyOf({ signer }: Holder): Keypair | undefined {
  return signer instanceof Keypair ? signer : undefined;
}

/** Why a wallet did not connect, in words for its user. */
export class NotConnected extends Error {}

/** Freighter, through the module interface of stellar-wallets-kit: any other module of the kit fits in its place. */
export async function connectFreighter(): Promise<Holder> {
  const freighter = await load();
  if (!(await freighter.isAvailable())) throw new NotConnected("Freighter is not installed in this browser, or it is locked.");
  try {
    const { address } = await freighter.getAddress({});
    return { name: freighter.productName, address, signer: freighter };
  } catch {
    throw new NotConnected("Freighter did not share your account. Allow this site there, then try again.");
  }
}

/** Freighter as it was connected before a reload. It is not asked again until it has to sign. */
export async function connectedFreighter(address: string): Promise<Holder> {
  const freighter = await load();
  return { name: freighter.productName, address, signer: freighter };
}

/** Loaded when it is first needed. */
async function load() {
  const { FreighterModule } = await import("@creit.tech/stellar-wallets-kit/modules/freighter");
  return new FreighterModule();
}
