// What this entry adds to the others: looking into a challenge without signing in.
import { Anchor, Keypair } from "windlass";
import { inspectChallenge } from "windlass/server";
import { adapt } from "./adapt.js";

export async function steps(scene) {
    const { open, openAndSign } = await adapt({ Anchor, Keypair, inspectChallenge }, scene);
    return { open, openAndSign };
}
