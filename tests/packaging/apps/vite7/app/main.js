import { Keypair } from "windlass";
console.log((await Keypair.random()).address);
