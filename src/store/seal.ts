/**
 * What is stored about people is sealed: AES-256-GCM under a key that is kept apart from the database.
 *
 * Sealed text is base64 of: key id (4 bytes), nonce (12), tag (16), ciphertext. The place where it is
 * stored (table and owner) is authenticated with it, so a row that is moved to another owner does not
 * open. The first key seals, all keys open: a new key is put in front and the old one stays for
 * what was sealed under it.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  randomFillSync,
} from "node:crypto";
import type { Address } from "../dialogue/input.ts";

export interface Seal {
  /** Seals `text` for one place in the store; the same text gives another result each time. */
  seal(text: string, place: string): string;
  /** Opens what was sealed for this place; throws `Unsealable` rather than give anything else. */
  open(sealed: string, place: string): string;
  /** A keyed hash (hex), for what only has to be recognised. */
  fingerprint(text: string): string;
}

/** The places where sealed text is stored: what is sealed for one owner does not open for another. */
export const statePlace = (address: Address): string => `conversations ${address}`;
export const messagePlace = (address: Address, nonce: string): string => `outbox ${address} ${nonce}`;
export const entryPlace = (personId: string): string => `journal ${personId}`;
export const progressPlace = (address: Address, id: string): string => `reminders ${address} ${id}`;
export const questionPlace = (id: string): string => `questions ${id}`;

/** Something stored cannot be read with the keys at hand. */
export class Unsealable extends Error {
  override name = "Unsealable";
}

const ID = 4;
const NONCE = 12;
const TAG = 16;
const HEAD = ID + NONCE + TAG;

const idOf = (key: Uint8Array): Buffer => createHash("sha256").update("rustpunt key").update(key).digest();

/** Drawn from the system in one go for many nonces: asking each time costs as much as the sealing. */
const pool = Buffer.alloc(NONCE * 256);
let used = pool.length;

function drawNonce(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += NONCE;
  return Buffer.copyBytesFrom(pool, used - NONCE, NONCE);
}

/** Seals under the first of `keys` (32 bytes each) and opens under all. */
export function createSeal(keys: readonly Uint8Array[]): Seal {
  const [first] = keys;
  if (!first) throw new Error("No key to seal with: set DATA_KEY to the base64 of 32 random bytes.");
  const ring = new Map(keys.map((key) => [idOf(key).toString("hex", 0, ID), createSecretKey(key)]));
  const firstKey = createSecretKey(first);
  const firstId = idOf(first).subarray(0, ID);

  return {
    seal(text, place) {
      const nonce = drawNonce();
      const cipher = createCipheriv("aes-256-gcm", firstKey, nonce).setAAD(Buffer.from(place));
      const body = [cipher.update(text, "utf8"), cipher.final()];
      return Buffer.concat([firstId, nonce, cipher.getAuthTag(), ...body]).toString("base64");
    },

    open(sealed, place) {
      const bytes = Buffer.from(sealed, "base64");
      const where = place.split(" ")[0];
      const key = ring.get(bytes.toString("hex", 0, ID));
      if (bytes.length < HEAD || !key) {
        throw new Unsealable(
          `A row of ${where} was sealed with a key that is not in DATA_KEY: add the earlier key after the first one, split by a comma, and start again.`,
        );
      }
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(ID, ID + NONCE))
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(ID + NONCE, HEAD));
        return decipher.update(bytes.subarray(HEAD), undefined, "utf8") + decipher.final("utf8");
      } catch (cause) {
        throw new Unsealable(
          `A row of ${where} does not open with the key in DATA_KEY that sealed it: it was changed or moved outside Rustpunt; restore it from a backup or delete it.`,
          { cause },
        );
      }
    },

    fingerprint: (text) => createHmac("sha256", first).update(text).digest("hex"),
  };
}
