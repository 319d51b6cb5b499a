import { describe, expect, it } from "vitest";
import { namesOf, rank, ranked } from "./rank";

const find = (query: string, ...names: readonly string[]) =>
  ranked(
    names.map((value) => ({ value, names: namesOf(value) })),
    query,
    10,
  );

describe("finding by name", () => {
  it("puts a name that begins so first, then a word of it, then words in any order, then what is inside", () => {
    expect(find("mar", "Lea Martin", "Kumar Rao", "Maria", "Remar Kable", "Bob")).toEqual([
      "Maria",
      "Lea Martin",
      "Kumar Rao",
      "Remar Kable",
    ]);
    expect(find("martin lea", "Lea Martin", "Martin Leander")).toEqual(["Martin Leander", "Lea Martin"]);
    expect(rank(namesOf("Maria"), "maria")).toBe(0);
  });

  it("leaves the order as it was among equals", () => {
    expect(find("a", "Anna", "Alba", "Aaron")).toEqual(["Anna", "Alba", "Aaron"]);
    expect(find("", "Zoé", "Anna")).toEqual(["Zoé", "Anna"]);
  });

  it("knows no case, no accents, and no marks between words", () => {
    expect(find("elise", "Élise Dvořák")).toHaveLength(1);
    expect(find("DVORAK", "Élise Dvořák")).toHaveLength(1);
    expect(find("winter cat", "Winter-catalogue")).toHaveLength(1);
    expect(find("soren", "Søren")).toHaveLength(1);
    expect(find("oeuvre", "L’œuvre")).toHaveLength(1);
    expect(find("محمد", "مُحَمَّد")).toHaveLength(1);
  });

  it("takes any of somebody's names", () => {
    expect(rank(namesOf("Bob Lefèvre", "b.lefevre"), "b lef")).toBe(1);
    expect(rank(namesOf("Bob Lefèvre", "blef"), "blef")).toBe(0);
  });

  it("finds nothing inside by one letter, and nothing by marks alone", () => {
    expect(find("o", "Bob")).toEqual([]);
    expect(find("ob", "Bob")).toEqual(["Bob"]);
    expect(find("?!", "Bob")).toEqual([]);
  });

  it("has a thousand names ready at once", () => {
    const all = Array.from({ length: 1_000 }, (_, i) => ({
      value: i,
      names: namesOf(`Élise Grünwald ${i}`),
    }));
    expect(ranked(all, "grunwald 99", 20)).toEqual([99, 990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
  });
});
