// What the log shows of a payload: its size, and its beginning only. A message of a megabyte would
// freeze the page if it went into the document whole.

export const SHOWN_BYTES = 2048;
const SHOWN_HEX = 32;

const encoder = new TextEncoder();

export function summarise(data) {
  const bytes = typeof data === 'string' ? encoder.encode(data) : new Uint8Array(data);
  const shown = typeof data === 'string' ? beginning(bytes) : hex(bytes.subarray(0, SHOWN_HEX));
  const cut = bytes.length > (typeof data === 'string' ? SHOWN_BYTES : SHOWN_HEX);
  return { size: bytes.length, text: shown, cut };
}

// stream: true leaves out a character that the cut went through, instead of showing a wrong one.
const beginning = (bytes) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, SHOWN_BYTES), { stream: true });

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

const counter = new Intl.NumberFormat('en-US');

export const inBytes = (n) => `${counter.format(n)} ${n === 1 ? 'byte' : 'bytes'}`;
