import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSeal, Unsealable } from "../../src/store/seal.ts";

const keys = [randomBytes(32), randomBytes(32)] as const;

describe("what is sealed about a person", () => {
  const seal = createSeal([keys[0]]);

  it("opens as it was, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, place) => {
        expect(seal.open(seal.seal(text, place), place)).toBe(text);
      }),
    );
  });

  it("opens nowhere else, and not after any change", () => {
    const place = "conversations telegram:1";
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (text, at, change) => {
          const sealed = seal.seal(text, place);
          expect(() => seal.open(sealed, "conversations telegram:2")).toThrow(Unsealable);
          const bytes = Buffer.from(sealed, "base64");
          const i = at % bytes.length;
          bytes[i] = (bytes[i] as number) ^ change;
          expect(() => seal.open(bytes.toString("base64"), place)).toThrow(Unsealable);
        },
      ),
    );
  });

  it("looks different each time and nothing like the text", () => {
    const many = Array.from({ length: 1000 }, () => seal.seal("hoofdpijn", "a"));
    expect(new Set(many).size).toBe(1000);
    expect(new Set(many.map((s) => Buffer.from(s, "base64").toString("hex", 4, 16))).size).toBe(1000);
    expect(Buffer.from(many[0] as string, "base64").toString("latin1")).not.toContain("hoofdpijn");
  });

  it("opens with any of the keys and is sealed with the first", () => {
    const old = createSeal([keys[1]]).seal("x", "a");
    const both = createSeal([keys[0], keys[1]]);
    expect(both.open(old, "a")).toBe("x");
    expect(seal.open(both.seal("y", "a"), "a")).toBe("y");
  });

  it("with a lost key says which variable to mend, and shows neither key nor place", () => {
    const lost = createSeal([keys[1]]).seal("x", "conversations telegram:12345");
    try {
      seal.open(lost, "conversations telegram:12345");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(Unsealable);
      expect((error as Error).message).toMatch(/conversations.*DATA_KEY/);
      expect((error as Error).message).not.toContain("12345");
    }
  });

  it("is not taken for something sealed when it is cut short or empty", () => {
    for (const broken of ["", "AAAA", "not base64 at all", seal.seal("x", "a").slice(0, 20)]) {
      expect(() => seal.open(broken, "a")).toThrow(Unsealable);
    }
  });

  it("can be recognised by a hash that nobody makes without the key", () => {
    expect(seal.fingerprint("code")).toBe(seal.fingerprint("code"));
    expect(seal.fingerprint("code")).not.toBe(createSeal([keys[1]]).fingerprint("code"));
    expect(() => createSeal([])).toThrow(/DATA_KEY/);
  });
});
