import { Keypair } from "windlass";
import Wallet from "./wallet";

export const dynamic = "force-dynamic";

/** Rendered by the server, which uses the package as well. */
export default async function Page() {
  const { address } = await Keypair.random();
  return (
    <main>
      <p id="server">{address}</p>
      <Wallet />
    </main>
  );
}
