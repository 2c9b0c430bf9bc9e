import { Anchor, Keypair, isWindlassError, todo } from "windlass";

const key = await Keypair.random();
const anchor = await Anchor.discover("anchor.example.com");
const session = await anchor.signIn(key); // or any SEP-43 wallet

const customer = await session.customer();
for (const field of todo(customer)) console.log(field.name, field.type, field.choices);

try {
  const photo = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])]); // or a File of a form
  await session.putCustomer({ fields: { first_name: "Ada", birth_date: "1990-04-31", photo_id_front: photo } }, { customer });
} catch (error) {
  if (!isWindlassError(error)) throw error;
  console.log(error.code, error.field, error.message); // invalid_field birth_date …: there is no April 31, and nothing was sent
}
