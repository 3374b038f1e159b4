// A page as its blocks: each sign a box of the same size, each number and name of the moment the same. What such a picture shows does not
// depend on the fonts of a machine, nor on when it is taken.

/** The advance of each sign, and the height of its box in plain and in bold type, in a thousandth of the size of type. */
const WIDTH = 500;
const PLAIN = 500;
const BOLD = 700;
const BLANK = [0x20, 0xa0];
/** All signs that are in use, and emoji. Chromium goes through each of a font: up to the last that there could be, it takes an eighth of a second a page. */
const LAST = 0xffff;
const EMOJI = [0x1f000, 0x1ffff];

const u16 = (...values) => Buffer.concat(values.map((value) => { const two = Buffer.alloc(2); two.writeUInt16BE(value & 0xffff); return two; }));
const u32 = (...values) => Buffer.concat(values.map((value) => { const four = Buffer.alloc(4); four.writeUInt32BE(value >>> 0); return four; }));

/** A rectangle of four points, on the line, as TrueType writes it. */
function box(height) {
  const corners = [[0, 0], [0, height], [WIDTH, height], [WIDTH, 0]];
  const steps = (axis) => corners.map((corner, at) => corner[axis] - (at ? corners[at - 1][axis] : 0));
  return Buffer.concat([u16(1, 0, 0, WIDTH, height, 3, 0), Buffer.from([1, 1, 1, 1]), u16(...steps(0), ...steps(1)), Buffer.alloc(2)]);
}

/** Format 13: ranges of signs of which each is the same glyph; 1 is the box, 2 is blank. */
function signs() {
  const ranges = [];
  let from = 0x21;
  for (const blank of BLANK) ranges.push([blank, blank, 2]);
  for (const blank of BLANK.filter((one) => one > from)) {
    ranges.push([from, blank - 1, 1]);
    from = blank + 1;
  }
  ranges.push([from, LAST, 1], [...EMOJI, 1]);
  ranges.sort((one, other) => one[0] - other[0]);
  const groups = Buffer.concat(ranges.map((range) => u32(...range)));
  return Buffer.concat([u16(0, 1, 3, 10), u32(12), u16(13, 0), u32(16 + groups.length, 0, ranges.length), groups]);
}

function font(height) {
  const glyph = box(height);
  const name = Buffer.from("Boxes", "utf16le").swap16();
  const names = [1, 2, 4, 6];
  const tables = {
    "OS/2": Buffer.concat([
      u16(4, WIDTH, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0), Buffer.alloc(10), u32(1, 0, 0, 0), Buffer.from("NONE"),
      u16(0x40, BLANK[0], 0xffff, 800, -200, 0, 800, 200), u32(1, 0), u16(PLAIN, 700, 0, BLANK[0], 1)]),
    cmap: signs(),
    glyf: glyph,
    head: Buffer.concat([u32(0x10000, 0x10000, 0, 0x5f0f3cf5), u16(3, 1000), Buffer.alloc(16), u16(0, 0, WIDTH, height, 0, 8, 2, 1, 0)]),
    hhea: Buffer.concat([u32(0x10000), u16(800, -200, 0, WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 3)]),
    hmtx: u16(WIDTH, 0, WIDTH, 0, WIDTH, 0),
    loca: u32(0, 0, glyph.length, glyph.length),
    maxp: Buffer.concat([u32(0x10000), u16(3, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: Buffer.concat([u16(0, names.length, 6 + 12 * names.length), ...names.map((id) => u16(3, 1, 0x409, id, name.length, 0)), name]),
    post: Buffer.concat([u32(0x30000, 0), u16(-100, 50), u32(1, 0, 0, 0, 0)]),
  };
  const head = [u32(0x10000), u16(Object.keys(tables).length, 128, 3, 32)];
  const body = [];
  let at = 12 + 16 * Object.keys(tables).length;
  for (const [tag, table] of Object.entries(tables)) {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    let sum = 0;
    for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
    head.push(Buffer.from(tag), u32(sum, at, table.length));
    body.push(padded);
    at += padded.length;
  }
  return Buffer.concat([...head, ...body]).toString("base64");
}

/** By the weights that each is for. */
const FONTS = { "1 549": font(PLAIN), "550 1000": font(BOLD) };

/** Draws all signs as boxes, holds what moves, and takes what differs from one time to another out of the texts. */
export const intoBoxes = (page) => page.evaluate(async (fonts) => {
  for (const [weight, data] of Object.entries(fonts)) {
    const face = new FontFace("Boxes", Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0)), { weight, style: "oblique 0deg 20deg" });
    document.fonts.add(await face.load());
  }
  const root = document.documentElement;
  for (const name of ["--sans", "--serif", "--mono"]) root.style.setProperty(name, "Boxes");
  const still = new CSSStyleSheet();
  still.replaceSync("*, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent !important; }");
  document.adoptedStyleSheets.push(still);

  // What is long or has many numbers may be an identifier; in other words only the numbers differ, also in how many digits they have.
  const same = (text) => text.replace(/[\w|+/=.@:-]+/g, (word) => {
    const plain = word.replace(/\d[\d.,:]*/g, "00");
    return plain.length > 15 || plain.split("00").length > 4 ? "x".repeat(20) : plain;
  });
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    text.data = text.parentElement.closest("time") ? "0000-00-00 00:00" : same(text.data);
  }
  for (const field of document.querySelectorAll("textarea, input:is([type=text], [type=search], [type=email], [type=url], [type=tel], [type=password], :not([type]))"))
    field.value = same(field.value);
  // What can be scrolled is a layer of its own, which Chromium may draw later than the page.
  for (const one of document.querySelectorAll("body *"))
    if (/auto|scroll/.test(getComputedStyle(one).overflow)) one.style.overflow = "hidden";
  await document.fonts.ready;
  // Those to which a browser gives a font of its own.
  const foreign = [...document.querySelectorAll("body, button, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), code, kbd, pre, samp")]
    .filter((one) => one.checkVisibility() && getComputedStyle(one).fontFamily !== "Boxes");
  if (foreign.length) throw new Error(`not of the type that tokens.css names: ${foreign.map((one) => one.outerHTML.slice(0, 80)).join(" ")}`);
}, FONTS);
