import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Keypair } from "windlass";
import { App } from "./app.js";

const domain = new URLSearchParams(location.search).get("anchor") ?? "anchor.example.com";
const signer = await Keypair.random(); // in a wallet: its own key, or an extension's object
createRoot(document.body.appendChild(document.createElement("main"))).render(
    <StrictMode>
        <App domain={domain} allowHttp={/^localhost:/.test(domain)} signer={signer} />
    </StrictMode>,
);
