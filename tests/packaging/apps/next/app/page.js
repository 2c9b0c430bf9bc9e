import { Keypair } from "windlass";
import Wallet from "./wallet";

export const dynamic = "force-dynamic";

/** Rendered by the server, which uses the package as well. */
export default function Page() {
  return (
    <main>
      <p id="server">{Keypair.random().address}</p>
      <Wallet />
    </main>
  );
}
