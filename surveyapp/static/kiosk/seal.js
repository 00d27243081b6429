"use strict";
// A seal that only the server can open (sealing.py): a point of its own for each form, what it and
// the server's point agree on, and AES. The key is gone when this returns. Browsers seal on pages
// that came over HTTPS only; elsewhere nothing is kept.

const canSeal = Boolean(self.crypto && crypto.subtle && tablet);
const PURPOSE = "surveyapp kiosk";
const LENGTHS = 2048;

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
}

function base64Of(...parts) {
  const letters = parts.flatMap((part) =>
    Array.from(new Uint8Array(part), (one) => String.fromCharCode(one)),
  );
  return btoa(letters.join(""));
}

async function agreedKey(pair, point) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", bytesOf(tablet.dataset.key), curve, false, []);
  const way = { name: "ECDH", public: theirs };
  const agreed = await crypto.subtle.deriveBits(way, pair.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", agreed, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(PURPOSE);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info };
  const what = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(how, material, what, false, ["encrypt"]);
}

// Filled up to a round length: how much somebody wrote is nobody's business either.
function filledUp(body) {
  const rest = LENGTHS - ((body.length + 3) % LENGTHS);
  return new TextEncoder().encode(body + "&_=" + "0".repeat(rest));
}

async function seal(body, address) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const pair = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", pair.publicKey);
  const key = await agreedKey(pair, point);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(address);
  const how = { name: "AES-GCM", iv, additionalData };
  const closed = await crypto.subtle.encrypt(how, key, filledUp(body));
  return base64Of(point, iv, closed);
}
