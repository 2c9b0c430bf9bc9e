// Accounts on the sandbox ledger, made with the other SDK.
import { Horizon, Keypair, Operation, TransactionBuilder, type Transaction } from "@stellar/stellar-sdk";
import type { Server } from "../support/server.js";

/** The sandbox's network. */
export const PASSPHRASE = "Standalone Network ; February 2017";

/** The other SDK's client of the sandbox. */
export function horizon(server: Server): Horizon.Server {
  return new Horizon.Server(`${server.url}/horizon`, { allowHttp: true });
}

/** A new account with friendbot's money. */
export async function funded(server: Server): Promise<Keypair> {
  const key = Keypair.random();
  await horizon(server).friendbot(key.publicKey()).call();
  return key;
}

/** Changes an account's signers and thresholds. */
export async function setOptions(
  server: Server,
  key: Keypair,
  ...options: Parameters<typeof Operation.setOptions>[0][]
): Promise<void> {
  const ledger = horizon(server);
  const source = await ledger.loadAccount(key.publicKey());
  const builder = new TransactionBuilder(source, { fee: "100", networkPassphrase: PASSPHRASE });
  for (const option of options) builder.addOperation(Operation.setOptions(option));
  const transaction: Transaction = builder.setTimeout(60).build();
  transaction.sign(key);
  const result = await ledger.submitTransaction(transaction);
  if (!result.successful) throw new Error(`${result.hash} failed`);
}
