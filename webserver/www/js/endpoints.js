// The WebSocket server's own list of endpoints, which a plain GET / gives as JSON.

import { fetchAgain } from './again.js';
import { isBadPort } from './badports.js';
import { isMixedContent } from './hosts.js';
import { httpScheme, pathOf, toHTTP } from './target.js';

// For the time before the server was asked, or when it cannot be.
export const KNOWN_ENDPOINTS = [
  { path: '/', summary: 'greets, then sends every message back' },
  { path: '/foo', summary: 'greets, then sends every message back' },
  { path: '/bar', summary: 'greets, then sends every message back' },
  { path: '/echo', summary: 'sends every message back, nothing else' },
  { path: '/rtt', summary: 'sends one message back, then closes with 1000' },
];

// fetchEndpoints gives null where the server cannot be asked: that is no failure worth a word
// before anybody pressed Connect.
export async function fetchEndpoints(target, page) {
  if (!target.host || isBadPort(target.port)) return null;
  if (isMixedContent(httpScheme(target.scheme), target.host, page)) return null;
  try {
    const answer = await fetchAgain(toHTTP(target), {
      headers: { Accept: 'application/json' }, credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(5000),
    });
    return readIndex(await answer.text());
  } catch {
    return null;
  }
}

// readError is what the server has against a request: the lab's says it as JSON, others as text.
export function readError(text) {
  try {
    return String(JSON.parse(text).error ?? text).trim();
  } catch {
    return text.trim();
  }
}

// readIndex accepts only what has the index's form: any server may sit at that address.
export function readIndex(text) {
  try {
    const list = JSON.parse(text).endpoints;
    const usable = Array.isArray(list) ? list.filter((e) => typeof e?.path === 'string') : [];
    return usable.length ? usable : null;
  } catch {
    return null;
  }
}

export const findEndpoint = (endpoints, target) => endpoints.find((e) => e.path === pathOf(target));

export function describeParam({ name, accepts, default: value, summary }) {
  const facts = [accepts, value && `default ${value}`].filter(Boolean).join('; ');
  return `${name}: ${summary ?? ''}${facts ? ` (${facts})` : ''}`;
}
