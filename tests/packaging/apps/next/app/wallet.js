"use client";
import { useEffect, useState } from "react";
import { Keypair } from "windlass";

export default function Wallet() {
  const [address, setAddress] = useState("");
  useEffect(() => void Keypair.random().then(({ address }) => setAddress(address)), []);
  return <p id="client">{address}</p>;
}
