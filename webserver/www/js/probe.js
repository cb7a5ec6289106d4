// Looking into a failed connection with the means that a page has. A WebSocket that does not open
// says 1006 and nothing else, on purpose; but the same server also speaks HTTP, and fetch tells
// more: with CORS a status and a text, with no-cors at least whether anything answered.

import { fetchAgain } from './again.js';
import { isMixedContent } from './hosts.js';
import { isLabWSS, portFor } from './lab.js';
import { readIndex } from './endpoints.js';
import { httpScheme, toHTTP, toURL } from './target.js';

const PATIENCE = 5000;
const MOST_TEXT = 1 << 16;

// gather collects what decide (doctor.js) needs to know. Every step is kept in trail, for people
// who want to see how the page came to its conclusion.
export async function gather(target, subprotocols, { lab, page }) {
  const evidence = { trail: [] };
  const ask = (url, options) => askAndNote(evidence.trail, url, options, page);
  evidence.health = await ask(toHTTP(target, '/healthz'));
  if (evidence.health.answered) await lookAtEndpoint(evidence, ask, target, subprotocols);
  else await lookFromOutside(evidence, ask, target, lab);
  return evidence;
}

async function lookAtEndpoint(evidence, ask, target, subprotocols) {
  evidence.endpoint = await ask(toHTTP(target, target.endpoint), { headers: { Accept: 'application/json' } });
  if (evidence.endpoint.status === 404) {
    const index = await ask(toHTTP(target), { headers: { Accept: 'application/json' } });
    evidence.endpoints = readIndex(evidence.endpoint.text) ?? readIndex(index.text);
  } else if (subprotocols.length) {
    evidence.opensWithout = await opens(toURL(target));
    evidence.trail.push(`WebSocket without subprotocols → ${evidence.opensWithout ? 'opens' : 'does not open either'}`);
  }
}

async function lookFromOutside(evidence, ask, target, lab) {
  const other = { ...target, scheme: target.scheme === 'wss' ? 'ws' : 'wss' };
  evidence.blind = await ask(toHTTP(target, '/healthz'), { mode: 'no-cors' });
  if (target.scheme === 'ws' || !evidence.blind.answered) {
    evidence.otherScheme = await askEither(ask, toHTTP(other, '/healthz'));
  }
  if (!evidence.blind.answered && isLabWSS(target, lab)) {
    const plain = { ...other, port: portFor('ws', target, lab) };
    evidence.plain = await ask(toHTTP(plain, '/healthz'), { mode: 'no-cors' });
  }
}

// A readable answer is worth more: many TLS servers answer plain HTTP too, with a complaint that
// only no-cors gets to hear of.
async function askEither(ask, url) {
  const readable = await ask(url);
  return readable.answered || readable.forbidden ? readable : ask(url, { mode: 'no-cors' });
}

async function askAndNote(trail, url, options, page) {
  const blind = options?.mode === 'no-cors' ? ' (no-cors)' : '';
  const answer = await ask(url, options, page);
  trail.push(`GET ${url}${blind} → ${outcome(answer)}`);
  return answer;
}

function outcome({ forbidden, answered, timedOut, status }) {
  if (forbidden) return 'not tried: mixed content';
  if (answered) return status ? String(status) : 'something answered';
  return timedOut ? `no answer within ${PATIENCE / 1000} s` : 'failed';
}

async function ask(url, options, page) {
  const { protocol, hostname } = new URL(url);
  if (isMixedContent(protocol.slice(0, -1), hostname, page)) return { answered: false, forbidden: true };
  try {
    const answer = await fetchAgain(url, {
      credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE), ...options,
    });
    return { answered: true, status: answer.status, text: await firstText(answer) };
  } catch (error) {
    return { answered: false, timedOut: error.name === 'TimeoutError' };
  }
}

// Only the beginning: the address may be one that streams for ever.
async function firstText(answer) {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (reader && text.length < MOST_TEXT) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
  reader?.cancel().catch(() => {});
  return text;
}

// opens tries the same address without subprotocols, and closes at once what it opened.
function opens(url) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const end = (result) => { clearTimeout(timer); socket.close(); resolve(result); };
    const timer = setTimeout(end, PATIENCE, false);
    socket.onopen = () => end(true);
    socket.onclose = () => end(false);
  });
}
