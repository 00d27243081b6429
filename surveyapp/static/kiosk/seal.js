"use strict";
// A seal that only the server can open (sealing.py): a point of its own for each form, what it and
// the server's point agree on, and AES. The key is gone when this returns. Browsers seal on pages
// that came over HTTPS only; elsewhere nothing is kept.

const cipher = self.crypto && crypto.subtle;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const PURPOSE = "surveyapp kiosk";
const LENGTHS = 2048;

function encoded(text) {
  return new TextEncoder().encode(text);
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
}

function base64Of(...parts) {
  const bytes = parts.flatMap((part) => Array.from(new Uint8Array(part)));
  return btoa(bytes.map((one) => String.fromCharCode(one)).join(""));
}

async function agreedKey(pair, point) {
  const raw = bytesOf(tablet.dataset.key);
  const theirs = await cipher.importKey("raw", raw, CURVE, false, []);
  const agreed = await cipher.deriveBits({ ...CURVE, public: theirs }, pair.privateKey, 256);
  const material = await cipher.importKey("raw", agreed, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: encoded(PURPOSE) };
  const what = { name: "AES-GCM", length: 256 };
  return cipher.deriveKey(how, material, what, false, ["encrypt"]);
}

// Filled up to a round length: how much somebody wrote is nobody's business either.
function filledUp(body) {
  const rest = LENGTHS - ((body.length + 3) % LENGTHS);
  return encoded(body + "&_=" + "0".repeat(rest));
}

async function seal(body, address) {
  const pair = await cipher.generateKey(CURVE, false, ["deriveBits"]);
  const point = await cipher.exportKey("raw", pair.publicKey);
  const key = await agreedKey(pair, point);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: encoded(address) };
  return base64Of(point, iv, await cipher.encrypt(how, key, filledUp(body)));
}
