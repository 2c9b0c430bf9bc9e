"use client";
import { useEffect, useState } from "react";
import { Keypair } from "windlass";

export default function Wallet() {
  const [address, setAddress] = useState("");
  useEffect(() => setAddress(Keypair.random().address), []);
  return <p id="client">{address}</p>;
}
