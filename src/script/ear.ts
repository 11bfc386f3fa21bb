/** The weights of the ear as they are kept: signed bytes, most of them small, deflated and in base64. */
import { deflateSync, inflateSync } from "node:zlib";
import type { EarWeights } from "../language/ear.ts";

/** What `src/language/ear-weights.json` holds. */
export type StoredEar = Omit<EarWeights, "weights"> & { readonly weights: string };

/** Packs weights into text. */
export const packWeights = (weights: Int8Array): string =>
  deflateSync(Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength), { level: 9 }).toString(
    "base64",
  );

/** Unpacks an ear. Throws an Error when its weights are no deflated base64. */
export const unpackEar = (stored: StoredEar): EarWeights => {
  const bytes = inflateSync(Buffer.from(stored.weights, "base64"));
  return { ...stored, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
};
